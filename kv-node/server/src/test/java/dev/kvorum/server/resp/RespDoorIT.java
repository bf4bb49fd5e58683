package dev.kvorum.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Kind;
import dev.kvorum.server.door.DoorFixture;
import dev.kvorum.server.door.FakeNode;
import dev.kvorum.server.door.RawSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RespDoorIT {

    private static final String EXCLUDE =
            "-ERR syntax error: only one of EX, PX, EXAT, PXAT and KEEPTTL, and only one of NX and XX, may be "
                    + "given\r\n";
    private static final String[] IDS = {
        "abcd" + "0".repeat(36), "abcd000000000001" + "0".repeat(23) + "1", "abcd000000000002" + "0".repeat(23) + "2"
    };

    private final DoorFixture fixture = new DoorFixture();
    private int port;
    private RawSocket socket = opened();

    private RawSocket opened() {
        RespDoor door = new RespDoor(
                fixture.vertx, DoorFixture.doors(), fixture.requests, fixture.node, fixture.metrics.meter("resp"));
        port = fixture.on(() -> door.listen("127.0.0.1", 0));
        return new RawSocket(port);
    }

    @BeforeEach
    void greets() {
        says("PING", "+PONG\r\n");
    }

    @AfterEach
    void close() {
        socket.close();
        fixture.close();
    }

    @Test
    void valuesAreWrittenReadAndDeleted() {
        says("SET k hello", "+OK\r\n");
        says("GET k", "$5\r\nhello\r\n");
        says("STRLEN k", ":5\r\n");
        says("TYPE k", "+string\r\n");
        says("EXISTS k nope k", ":2\r\n");
        says("GETSET k new", "$5\r\nhello\r\n");
        says("GETDEL k", "$3\r\nnew\r\n");
        says("GET k", "$-1\r\n");
        says("TYPE k", "+none\r\n");
        says("DEL k", ":0\r\n");
    }

    @Test
    void manyKeysAreAnsweredOneByOneAcrossSlots() {
        says("MSET a 1 b 2 c 3", "+OK\r\n");
        says("MGET a nope c", "*3\r\n$1\r\n1\r\n$-1\r\n$1\r\n3\r\n");
        says("UNLINK a b nope", ":2\r\n");
        says("MSET a 1 b", "-ERR wrong number of arguments for 'mset' command\r\n");
    }

    @Test
    void setTakesConditionsAndAnswersTheOldValue() {
        says("SET k 1 XX", "$-1\r\n");
        says("SET k 1 NX", "+OK\r\n");
        says("SET k 2 NX GET", "$1\r\n1\r\n");
        says("SET k 2 XX GET", "$1\r\n1\r\n");
        says("SETNX k 3", ":0\r\n");
        says("SETNX other 3", ":1\r\n");
        says("SET k 3 NX XX", EXCLUDE);
        says("SET k 3 EX", "-ERR syntax error: a number is missing after 'EX'\r\n");
        says("SET k 3 EX 1 PX 1", EXCLUDE);
        says(
                "SET k 3 NOW",
                "-ERR syntax error: option 'NOW' is unknown; use EX, PX, EXAT, PXAT, KEEPTTL, NX, XX or GET\r\n");
        says("SET k 3 EX 0", "-ERR invalid expire time in 'set' command: 0\r\n");
        says("SET k 3 EX x", "-ERR value is not an integer or out of range: 'x'\r\n");
    }

    @Test
    void valuesExpire() {
        says("SET k v EX 100", "+OK\r\n");
        says("TTL k", ":100\r\n");
        says("SET k w KEEPTTL", "+OK\r\n");
        says("TTL k", ":100\r\n");
        says("PERSIST k", ":1\r\n");
        says("TTL k", ":-1\r\n");
        says("PERSIST k", ":0\r\n");
        says("EXPIRE k 10", ":1\r\n");
        says("GETEX k PX 5000", "$1\r\nw\r\n");
        fixture.run(() -> fixture.requests.passMs(5_001));
        says("GET k", "$-1\r\n");
        says("TTL k", ":-2\r\n");
        says("EXPIRE k 10", ":0\r\n");
        says("SETEX k 10 v", "+OK\r\n");
        says("PSETEX k 10000 v", "+OK\r\n");
        says("EXPIREAT k 4000000000", ":1\r\n");
        says("EXPIRE k 0", ":1\r\n");
        says("EXISTS k", ":0\r\n");
    }

    @Test
    void ofConcurrentValuesTheNewestIsShown() {
        fixture.run(() -> {
            Key key = new Key(0, "k".getBytes(StandardCharsets.UTF_8));
            fixture.requests.putConcurrently(key, put("one"));
            fixture.requests.putConcurrently(key, put("two"));
        });
        says("GET k", "$3\r\ntwo\r\n");
    }

    @Test
    void repliesKeepTheOrderOfTheirCommandsWhateverComesFirst() {
        fixture.run(fixture.requests::hold);
        socket.send("SET a 1\r\nGET a\r\nPING\r\nMGET a b\r\nECHO end\r\n");
        fixture.waitUntilHeld(4);
        fixture.run(fixture.requests::release);
        assertThat(socket.read(40)).isEqualTo("+OK\r\n$-1\r\n+PONG\r\n*2\r\n$-1\r\n$-1\r\n$3\r\nend\r\n");
    }

    @Test
    void aDeepPipelineWaitsInTheSocketAndIsAnsweredWhole() {
        fixture.run(fixture.requests::hold);
        socket.send("GET a\r\n".repeat(3_000));
        fixture.waitUntilHeld(1_024);
        fixture.run(fixture.requests::release);
        assertThat(socket.read(3_000 * 5)).isEqualTo("$-1\r\n".repeat(3_000));
    }

    @Test
    void aClientThatDoesNotReadStopsBeingReadAndLosesNothing() {
        says("SET big " + "v".repeat(10_000), "+OK\r\n");
        int commands = 5_000;
        Thread.ofVirtual().start(() -> socket.send("GET big\r\n".repeat(commands)));
        String one = "$10000\r\n" + "v".repeat(10_000) + "\r\n";
        for (int i = 0; i < commands; i++) {
            assertThat(socket.read(one.length())).isEqualTo(one);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quorum_unavailable | NOT_APPLIED | -CLUSTERDOWN quorum_unavailable because
            quorum_unavailable | UNKNOWN     | -NOQUORUM quorum_unavailable because
            timeout            | UNKNOWN     | -TIMEOUT timeout because
            overloaded         | NOT_APPLIED | -BUSY overloaded because
            storage_full       | NOT_APPLIED | -READONLY storage_full because
            fenced             | NOT_APPLIED | -LOADING fenced because
            starting           | NOT_APPLIED | -LOADING starting because
            starting           | UNKNOWN     | -ERR starting because
            storage_full       | UNKNOWN     | -ERR storage_full because
            overloaded         | UNKNOWN     | -ERR overloaded because
            sibling_limit      | NOT_APPLIED | -ERR sibling_limit because
            wrong_kind         | NOT_APPLIED | -WRONGTYPE wrong_kind because
            session_behind     | NOT_APPLIED | -ERR session_behind because
            """)
    void failuresHaveThePrefixThatClientsActOn(String code, String outcome, String line) {
        ClientReply.Failed failed = new ClientReply.Failed(
                ErrorCode.valueOf(code.toUpperCase(java.util.Locale.ROOT)),
                dev.kvorum.core.request.Outcome.valueOf(outcome),
                "because",
                0);
        fixture.run(() -> fixture.requests.failWhen(request -> failed));
        says("GET k", line + "\r\n");
    }

    @Test
    void aCommandOfWhichOneKeyWasWrittenIsNeverCalledNotApplied() {
        ClientReply.Failed failed = ClientReply.Failed.notApplied(ErrorCode.QUORUM_UNAVAILABLE, "because");
        fixture.run(() ->
                fixture.requests.failWhen(request -> request.key().toString().equals("0/b") ? failed : null));
        says("MSET a 1 b 2", "-NOQUORUM quorum_unavailable because\r\n");
        says("MGET a b", "-CLUSTERDOWN quorum_unavailable because\r\n");
    }

    @Test
    void keysAndValuesBeyondTheLimitsAreRefusedAndTheConnectionGoesOn() {
        says("SET " + "k".repeat(1_025) + " v", "-ERR key_too_large key of 1025 bytes; a key has at most 1024\r\n");
        says(
                "SET kk " + "v".repeat(10_239),
                "-ERR value_too_large key and value of 10241 bytes; together they have at most 10240\r\n");
        says("SET kk " + "v".repeat(10_238), "+OK\r\n");
        socket.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$20000\r\n" + "v".repeat(20_000) + "\r\n");
        assertThat(socket.readThrough("\r\n"))
                .isEqualTo(
                        "-ERR value_too_large argument of 20000 bytes; key and value together have at most 10240\r\n");
        says("GET \"\"", "-ERR bad_request key is empty; a key has 1 to 1024 bytes\r\n");
        says("PING", "+PONG\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '*1\\r\\n+x\\r\\n'     | '-ERR Protocol error: expected ''$'', got ''+''\\r\\n'
            '*a\\r\\n'             | '-ERR Protocol error: invalid multibulk length\\r\\n'
            '*1\\r\\n$-5\\r\\n'    | '-ERR Protocol error: invalid bulk length\\r\\n'
            'SET "a\\r\\n'         | '-ERR Protocol error: unbalanced quotes in request\\r\\n'
            'POST / HTTP/1.1\\r\\n'| '-ERR Protocol error: this port speaks RESP, not HTTP\\r\\n'
            """)
    void malformedInputIsAnsweredAndThenTheConnectionEnds(String sent, String answer) {
        socket.send(sent.translateEscapes());
        assertThat(socket.readAll()).isEqualTo(answer.translateEscapes());
    }

    @Test
    void whatIsNotThereSaysSo() {
        says("FLY away", "-ERR unknown command 'FLY'; COMMAND LIST names those that are there\r\n");
        says("GET", "-ERR wrong number of arguments for 'get' command\r\n");
        says("MULTI", "-ERR unknown command 'MULTI'; COMMAND LIST names those that are there\r\n");
        says("SELECT 1", "-ERR DB index is out of range; there is only database 0\r\n");
        says("AUTH secret", "-ERR AUTH is not available: this release has no users and accepts every connection\r\n");
        says("CONFIG SET save x", "-ERR only CONFIG GET is available: a node is set by its kv-node.yaml\r\n");
        says(
                "CLUSTER FORGET x",
                "-ERR unknown subcommand 'forget'; use one of SLOTS, SHARDS, NODES, INFO, MYID, KEYSLOT, "
                        + "COUNTKEYSINSLOT\r\n");
        says("CLUSTER KEYSLOT", "-ERR wrong number of arguments for 'cluster|keyslot' command\r\n");
        says("CLIENT ID x", "-ERR wrong number of arguments for 'client|id' command\r\n");
        says("CONFIG GET", "-ERR wrong number of arguments for 'config|get' command\r\n");
        says("COMMAND WHAT", "-ERR unknown subcommand 'what'; use one of COUNT, DOCS, INFO, LIST\r\n");
    }

    @Test
    void connectionsHaveNamesAndNumbers() {
        says("CLIENT GETNAME", "$-1\r\n");
        says("CLIENT SETNAME me", "+OK\r\n");
        says("CLIENT GETNAME", "$2\r\nme\r\n");
        says("CLIENT SETINFO LIB-NAME jedis", "+OK\r\n");
        socket.send("CLIENT INFO\r\n");
        assertThat(socket.readThrough("resp=2\n\r\n")).contains(" name=me ").contains(" lib-name=jedis ");
        says("READONLY", "+OK\r\n");
        says("RESET", "+RESET\r\n");
        socket.send("QUIT\r\nPING\r\n");
        assertThat(socket.readAll()).isEqualTo("+OK\r\n");
    }

    @Test
    void versionThreeHasItsOwnNullsAndMaps() {
        socket.send("HELLO 3\r\n");
        assertThat(socket.readThrough("*0\r\n"))
                .startsWith(
                        "%7\r\n$6\r\nserver\r\n$6\r\nkvorum\r\n$7\r\nversion\r\n$5\r\n7.2.0\r\n$5\r\nproto\r\n:3\r\n")
                .endsWith("$4\r\nmode\r\n$7\r\ncluster\r\n$4\r\nrole\r\n$6\r\nmaster\r\n$7\r\nmodules\r\n*0\r\n");
        says("GET nope", "_\r\n");
        says("CONFIG GET save", "%1\r\n$4\r\nsave\r\n$0\r\n\r\n");
        socket.send("HELLO 2\r\n");
        assertThat(socket.readThrough("*0\r\n")).startsWith("*14\r\n");
        says("GET nope", "$-1\r\n");
        says("CONFIG GET s?v*", "*2\r\n$4\r\nsave\r\n$0\r\n\r\n");
        says("HELLO 4", "-NOPROTO unsupported protocol version '4'; use 2 or 3\r\n");
    }

    @Test
    void everyNodeIsShownAsTheMasterOfTheSlotsThatItIsHomeOf() {
        StringBuilder slots = new StringBuilder("*16\r\n");
        for (int shard = 0; shard < 16; shard++) {
            slots.append("*3\r\n:%d\r\n:%d\r\n*4\r\n".formatted(shard * 1_024, shard * 1_024 + 1_023));
            slots.append("$9\r\n127.0.0.%d\r\n:6379\r\n$40\r\n%s\r\n*0\r\n".formatted(shard % 3 + 1, IDS[shard % 3]));
        }
        says("CLUSTER SLOTS", slots.toString());
    }

    @Test
    void nodesThatAreNotAliveAreFlagged() {
        String nodes = IDS[0]
                + " 127.0.0.1:6379@7600 myself,master - 0 0 1 connected 0-1023 3072-4095 6144-7167 "
                + "9216-10239 12288-13311 15360-16383\n"
                + IDS[1]
                + " 127.0.0.2:6379@7600 master - 0 0 1 connected 1024-2047 4096-5119 7168-8191 "
                + "10240-11263 13312-14335\n"
                + IDS[2]
                + " 127.0.0.3:6379@7600 master,fail? - 0 0 1 disconnected 2048-3071 5120-6143 8192-9215 "
                + "11264-12287 14336-15359\n";
        says("CLUSTER NODES", "$" + nodes.length() + "\r\n" + nodes + "\r\n");
        says("CLUSTER MYID", "$40\r\n" + IDS[0] + "\r\n");
        says("CLUSTER KEYSLOT foo", ":12182\r\n");
    }

    @Test
    void shardsAreShownWithTheirHealth() {
        socket.send("CLUSTER SHARDS\r\n");
        assertThat(socket.readThrough("$6\r\nfailed\r\n"))
                .startsWith("*3\r\n*4\r\n$5\r\nslots\r\n*12\r\n:0\r\n:1023\r\n:3072\r\n")
                .contains("$5\r\nnodes\r\n*1\r\n*14\r\n$2\r\nid\r\n$40\r\n" + IDS[0]
                        + "\r\n$4\r\nport\r\n:6379\r\n$2\r\nip\r\n")
                .contains("$18\r\nreplication-offset\r\n:0\r\n$6\r\nhealth\r\n$6\r\nonline\r\n");
        socket.send("CLUSTER INFO\r\n");
        assertThat(socket.readThrough("cluster_my_epoch:1\r\n\r\n"))
                .contains("cluster_state:ok\r\ncluster_slots_assigned:16384");
    }

    @Test
    void aNodeThatMeetsTooFewReplicasSaysThatTheClusterFails() {
        fixture.node.lose(FakeNode.id(1));
        socket.send("CLUSTER INFO\r\n");
        assertThat(socket.readThrough("cluster_my_epoch:1\r\n\r\n")).contains("cluster_state:ok\r\n");
        fixture.node.lose(FakeNode.id(1), FakeNode.id(2));
        socket.send("CLUSTER INFO\r\n");
        assertThat(socket.readThrough("cluster_my_epoch:1\r\n\r\n"))
                .contains("cluster_state:fail\r\n", "cluster_slots_ok:0\r\n", "cluster_slots_fail:16384\r\n");
    }

    @Test
    void aNodeWithoutAClusterRefusesKeysAndShowsNoSlots() {
        fixture.node.becomeUnfounded();
        says("GET k", "-LOADING starting waits for the bootstrap document\r\n");
        says("CLUSTER SLOTS", "*0\r\n");
        says("PING", "+PONG\r\n");
        fixture.node.becomeUnopened();
        says("CLUSTER MYID", "-LOADING starting this node has not opened its store yet\r\n");
    }

    @Test
    void theTableDescribesItself() {
        says("COMMAND COUNT", ":44\r\n");
        String unused = "*0\r\n".repeat(4);
        says(
                "COMMAND INFO get nope",
                "*2\r\n*10\r\n$3\r\nget\r\n:2\r\n*2\r\n+readonly\r\n+fast\r\n:1\r\n:1\r\n:1\r\n" + unused + "$-1\r\n");
        says(
                "COMMAND DOCS get",
                "*2\r\n$3\r\nget\r\n*6\r\n$7\r\nsummary\r\n$14\r\nReads a "
                        + "value.\r\n$5\r\nsince\r\n$5\r\n1.0.0\r\n$5\r\ngroup\r\n$6\r\nstring\r\n");
        socket.send("INFO replication cluster\r\n");
        assertThat(socket.readThrough("cluster_enabled:1\r\n\r\n"))
                .isEqualTo("$80\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n\r\n# "
                        + "Cluster\r\ncluster_enabled:1\r\n\r\n");
    }

    @Test
    void commandsOfOtherTestsAreCountedByOperationAndOutcome() {
        says("SET k v", "+OK\r\n");
        says("SET k v NX", "$-1\r\n");
        assertThat(fixture.metrics.scrape(List.of()))
                .contains("kvorum_requests_total{protocol=\"resp\",operation=\"put\",outcome=\"ok\"} 1\n")
                .contains("kvorum_requests_total{protocol=\"resp\",operation=\"put\",outcome=\"condition_failed\"} 1\n")
                .contains("kvorum_request_duration_seconds_count{protocol=\"resp\",operation=\"put\"} 2\n");
    }

    private static Operation.Put put(String value) {
        return new Operation.Put(
                Kind.BYTES, "text/plain", value.getBytes(StandardCharsets.UTF_8), Expiry.NEVER, Condition.NONE);
    }

    private void says(String line, String answer) {
        socket.send(line + "\r\n");
        assertThat(socket.read(answer.length()))
                .as(line.substring(0, Math.min(60, line.length())))
                .isEqualTo(answer);
    }
}
