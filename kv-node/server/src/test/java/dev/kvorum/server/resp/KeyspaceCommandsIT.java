package dev.kvorum.server.resp;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyspaceCommandsIT extends RespTalk {

    @Test
    void aScanGoesOnFromItsCursorOnAnyConnection() {
        fixture.node.keys().become(List.of("a", "b", "c"));
        says("SCAN 0 COUNT 2", "*2\r\n$1\r\n2\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n");
        says("SCAN 2 COUNT 2", "*2\r\n$1\r\n0\r\n*1\r\n$1\r\nc\r\n");
        says("SCAN 0", "*2\r\n$1\r\n0\r\n*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n");
        says("SCAN 0 MATCH [bc] TYPE string COUNT 10", "*2\r\n$1\r\n0\r\n*2\r\n$1\r\nb\r\n$1\r\nc\r\n");
        says("SCAN 0 TYPE hash", "*2\r\n$1\r\n0\r\n*0\r\n");
        says("DBSIZE", ":3\r\n");
        says("CLUSTER COUNTKEYSINSLOT 5", ":3\r\n");
    }

    @Test
    void whatAScanCannotReadIsRefused() {
        String cursor = "-ERR invalid cursor; begin with 0 and go on with what the last SCAN answered\r\n";
        says("SCAN x", cursor);
        says("SCAN -1", cursor);
        says("SCAN 18446744073709551615", cursor);
        says("SCAN 0 COUNT", "-ERR syntax error: nothing follows 'COUNT'\r\n");
        says("SCAN 0 COUNT 0", "-ERR syntax error: COUNT is 0; use 1 or more\r\n");
        says("SCAN 0 COUNT x", "-ERR value is not an integer or out of range: 'x'\r\n");
        says("SCAN 0 LIKE x", "-ERR syntax error: option 'LIKE' is unknown; use MATCH, COUNT or TYPE\r\n");
        says("SCAN 0 TYPE blob", "-ERR unknown type name 'blob'; use one of hash, list, set, stream, string, zset\r\n");
        says("CLUSTER COUNTKEYSINSLOT 16384", "-ERR Invalid slot; a slot is 0 to 16383\r\n");
        says("CLUSTER COUNTKEYSINSLOT x", "-ERR value is not an integer or out of range: 'x'\r\n");
    }

    @Test
    void aStoreThatCannotTellSaysSo() {
        fixture.node.keys().failWith(ClientReply.Failed.notApplied(ErrorCode.OVERLOADED, "because"));
        says("SCAN 0", "-BUSY overloaded because\r\n");
        says("DBSIZE", "-BUSY overloaded because\r\n");
        fixture.node.becomeUnfounded();
        says("DBSIZE", "-LOADING starting waits for the bootstrap document\r\n");
    }
}
