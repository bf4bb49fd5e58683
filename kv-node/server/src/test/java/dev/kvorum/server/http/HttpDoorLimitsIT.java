package dev.kvorum.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.server.door.DoorFixture;
import dev.kvorum.server.door.RawSocket;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door does to clients that are too many, send too much, or meet it when it closes. */
class HttpDoorLimitsIT extends HttpTalk {

    private static final String GET = "GET /v1/buckets/default/keys/k HTTP/1.1\r\nHost: x\r\n\r\n";

    @Test
    void oneConnectionTooManyIsTurnedAway() {
        int narrow = opened(Map.of("KVORUM_CONNECTIONS", "1"));
        try (RawSocket first = new RawSocket(narrow)) {
            assertThat(first.send(GET).readThrough("}")).startsWith("HTTP/1.1 404 ");
            try (RawSocket second = new RawSocket(narrow)) {
                assertThat(second.send(GET).readAll())
                        .startsWith("HTTP/1.1 503 ")
                        .contains("\"code\":\"overloaded\"")
                        .contains("1 connections are open; try another node");
            }
            assertThat(first.send(GET).readThrough("}")).startsWith("HTTP/1.1 404 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n", "PRI * HTTP/2.0\r\n\r\nS"})
    void aFirstRequestThatStopsHalfWayIsAnsweredToo(String half) {
        int quick = opened(Map.of("KVORUM_HALF_REQUEST_TIMEOUT_MS", "200"));
        try (RawSocket socket = new RawSocket(quick)) {
            assertThat(socket.send(half).readAll())
                    .startsWith("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n")
                    .contains("\r\nContent-Type: application/problem+json\r\n")
                    .contains("\"code\":\"bad_request\"")
                    .contains("the request is not complete after 200 ms");
        }
    }

    @Test
    void bytesThatTrickleInBuyNoMoreTime() throws Exception {
        int quick = opened(Map.of("KVORUM_HALF_REQUEST_TIMEOUT_MS", "400"));
        try (RawSocket socket = new RawSocket(quick)) {
            long startNs = System.nanoTime();
            socket.send("GET / HTTP/1.1\r\n");
            Thread drip = Thread.ofVirtual().start(() -> sendForEver(socket, "X-Drip: 1\r\n", 100));
            assertThat(socket.readThrough("}")).startsWith("HTTP/1.1 408 ");
            assertThat(socket.readUntilGone()).isTrue();
            assertThat((System.nanoTime() - startNs) / 1_000_000).isBetween(400L, 2_500L);
            drip.join(5_000);
        }
    }

    @Test
    void aConnectionThatHasNotAskedYetMayWaitForAsLongAsAnIdleOne() {
        int quick = opened(Map.of("KVORUM_HALF_REQUEST_TIMEOUT_MS", "200", "KVORUM_IDLE_TIMEOUT_MS", "1500"));
        try (RawSocket socket = new RawSocket(quick)) {
            assertThat(socket.isSilentFor(800)).isTrue();
        }
        try (RawSocket socket = new RawSocket(quick)) {
            assertThat(socket.readAll()).isEmpty();
        }
    }

    @Test
    void connectionsBeyondTheLimitThatAskForNothingDoNotTurnOthersAway() {
        int narrow = opened(Map.of("KVORUM_CONNECTIONS", "1", "KVORUM_HALF_REQUEST_TIMEOUT_MS", "1000"));
        try (RawSocket first = new RawSocket(narrow)) {
            assertThat(first.send(GET).readThrough("}")).startsWith("HTTP/1.1 404 ");
            try (RawSocket second = new RawSocket(narrow)) {
                assertThat(first.send(GET).readThrough("}")).startsWith("HTTP/1.1 404 ");
                assertThat(second.readAll()).startsWith("HTTP/1.1 408 ");
            }
        }
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("PUT /v1/buckets/default/keys/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + "v".repeat(65_536) + "\r\n";
            Thread.ofVirtual().start(() -> sendForEver(socket, chunk, 0));
            assertThat(socket.readThrough("}")).startsWith("HTTP/1.1 413 ");
            assertThat(socket.readUntilGone()).isTrue();
        }
    }

    @Test
    void aDoorThatClosesAnswersWhatItWasAsked() {
        HttpDoor door = new HttpDoor(
                fixture.vertx, DoorFixture.doors(), fixture.requests, fixture.node, fixture.metrics.meter("http"));
        int closingPort = fixture.on(() -> door.listen("127.0.0.1", 0));
        fixture.run(fixture.requests::hold);
        try (RawSocket socket = new RawSocket(closingPort)) {
            socket.send(GET);
            fixture.waitUntilHeld(1);
            Future<?>[] closing = new Future<?>[1];
            fixture.run(() -> closing[0] = door.close(10_000));
            fixture.run(fixture.requests::release);
            assertThat(socket.readThrough("}")).startsWith("HTTP/1.1 404 ");
            fixture.on(() -> closing[0].map("closed"));
        }
    }

    private static void sendForEver(RawSocket socket, String chunk, int pauseMs) {
        try {
            while (true) {
                socket.send(chunk);
                LockSupport.parkNanos(pauseMs * 1_000_000L);
            }
        } catch (RuntimeException cutOff) {
            // This is what the test waits for, on the reading side.
        }
    }
}
