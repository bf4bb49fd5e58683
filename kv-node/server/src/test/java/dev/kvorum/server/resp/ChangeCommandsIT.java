package dev.kvorum.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Kind;
import dev.kvorum.server.door.RawSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that make a new value of the one that they meet. */
class ChangeCommandsIT extends RespTalk {

    @Test
    void numbersAreCountedUpAndDown() {
        says("INCR n", ":1\r\n");
        says("INCRBY n 41", ":42\r\n");
        says("DECR n", ":41\r\n");
        says("DECRBY n -9", ":50\r\n");
        says("GET n", "$2\r\n50\r\n");
        says("TYPE n", "+string\r\n");
    }

    @Test
    void aCounterKeepsItsExpiry() {
        says("SET n 7 EX 100", "+OK\r\n");
        says("INCR n", ":8\r\n");
        says("TTL n", ":100\r\n");
        fixture.run(() -> fixture.requests.passMs(100_001));
        says("INCR n", ":1\r\n");
        says("TTL n", ":-1\r\n");
    }

    @ParameterizedTest
    @CsvSource({"x", "1.5", "007", "+1", "9223372036854775808", "' 1'", "-0"})
    void whatIsNoNumberIsNotCounted(String value) {
        says("SET n \"" + value + "\"", "+OK\r\n");
        says("INCR n", "-ERR value is not an integer or out of range: the key holds other text\r\n");
        says("GET n", "$" + value.length() + "\r\n" + value + "\r\n");
    }

    @Test
    void numbersDoNotRunOver() {
        says("SET n 9223372036854775807", "+OK\r\n");
        says("INCR n", "-ERR increment or decrement would overflow\r\n");
        says("DECRBY n -1", "-ERR increment or decrement would overflow\r\n");
        says("DECRBY n -9223372036854775808", "-ERR decrement would overflow\r\n");
        says("INCRBY n 1.5", "-ERR value is not an integer or out of range: '1.5'\r\n");
        says("SET n -9223372036854775808", "+OK\r\n");
        says("DECR n", "-ERR increment or decrement would overflow\r\n");
    }

    @Test
    void textIsAppendedUpToTheLimit() {
        says("APPEND t ab", ":2\r\n");
        says("APPEND t cd", ":4\r\n");
        says("GET t", "$4\r\nabcd\r\n");
        says("SET t " + "v".repeat(10_239), "+OK\r\n");
        says(
                "APPEND t x",
                "-ERR value_too_large the value would have 10240 bytes; beside this key it has at most 10239\r\n");
    }

    @Test
    void aWriterInBetweenIsNeverOverwritten() {
        says("SET n 1", "+OK\r\n");
        Key key = new Key(0, "n".getBytes(StandardCharsets.UTF_8));
        int[] reads = new int[1];
        fixture.run(() -> fixture.requests.afterRead(() -> {
            if (reads[0]++ < 3) {
                byte[] hundreds = Integer.toString(100 * reads[0]).getBytes(StandardCharsets.UTF_8);
                fixture.requests.put(key, hundreds);
            }
        }));
        says("INCR n", ":101\r\n");
        says("INCR n", ":201\r\n");
        says("GET n", "$3\r\n201\r\n");
    }

    @Test
    void commandsOnOneKeyTakeTurnsAcrossConnections() {
        try (RawSocket other = new RawSocket(port)) {
            fixture.run(fixture.requests::hold);
            socket.send("INCR n\r\n".repeat(50));
            other.send("INCR n\r\n".repeat(50));
            fixture.waitUntilHeld(1);
            fixture.run(fixture.requests::release);
            String last = socket.read(9 * 4 + 41 * 5) + other.read(9 * 4 + 41 * 5);
            assertThat(last).doesNotContain("-ERR");
            says("GET n", "$3\r\n100\r\n");
        }
    }

    @Test
    void anUnknownOutcomeIsToldAndNotTriedAgain() {
        ClientReply.Failed unknown = ClientReply.Failed.unknown(ErrorCode.TIMEOUT, "because");
        fixture.run(() ->
                fixture.requests.failWhen(request -> request.operation() instanceof Operation.Put ? unknown : null));
        says("INCR n", "-TIMEOUT timeout because\r\n");
        fixture.run(() -> fixture.requests.failWhen(request -> null));
        says("INCR n", ":1\r\n");
    }

    @Test
    void expiriesMayDependOnTheOneThatIsThere() {
        says("EXPIRE k 10 NX", ":0\r\n");
        says("SET k v", "+OK\r\n");
        says("EXPIRE k 10 XX", ":0\r\n");
        says("EXPIRE k 10 GT", ":0\r\n");
        says("EXPIRE k 100 NX", ":1\r\n");
        says("EXPIRE k 200 NX", ":0\r\n");
        says("EXPIRE k 50 GT", ":0\r\n");
        says("PEXPIRE k 200000 GT", ":1\r\n");
        says("TTL k", ":200\r\n");
        says("EXPIRE k 300 LT", ":0\r\n");
        says("EXPIRE k 100 XX LT", ":1\r\n");
        says("TTL k", ":100\r\n");
        says("EXPIREAT k 4000000000 LT", ":0\r\n");
        says("PEXPIREAT k 4000000000000 XX", ":1\r\n");
        says("PERSIST k", ":1\r\n");
        says("EXPIRE k 100 LT", ":1\r\n");
        says("EXPIRE k -1 GT", ":0\r\n");
        says("EXPIRE k -1 LT", ":1\r\n");
        says("EXISTS k", ":0\r\n");
    }

    @Test
    void expiryRulesThatExcludeEachOtherAreRefused() {
        says("EXPIRE k 10 NX XX", "-ERR NX and XX, GT or LT options at the same time are not compatible\r\n");
        says("EXPIRE k 10 GT NX", "-ERR NX and XX, GT or LT options at the same time are not compatible\r\n");
        says("EXPIRE k 10 GT LT", "-ERR GT and LT options at the same time are not compatible\r\n");
        says("EXPIRE k 10 SOON", "-ERR Unsupported option SOON; use NX, XX, GT or LT\r\n");
        says("EXPIRE k x NX", "-ERR value is not an integer or out of range: 'x'\r\n");
    }

    @Test
    void aValueOfAnotherKindIsNotCounted() {
        fixture.run(() -> fixture.requests.putConcurrently(
                new Key(0, "l".getBytes(StandardCharsets.UTF_8)),
                new Operation.Put(Kind.LIST, "", new byte[0], Expiry.NEVER, Condition.NONE)));
        says("INCR l", "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n");
        says("APPEND l x", "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n");
    }
}
