package dev.kvorum.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.server.door.DoorFixture;
import dev.kvorum.server.door.RawSocket;
import io.vertx.core.Future;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    @Test
    void aBodyWithoutEndIsCutOff() {
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("PUT /v1/buckets/default/keys/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + "v".repeat(65_536) + "\r\n";
            Thread.ofVirtual().start(() -> sendForEver(socket, chunk));
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

    private static void sendForEver(RawSocket socket, String chunk) {
        try {
            while (true) {
                socket.send(chunk);
            }
        } catch (RuntimeException cutOff) {
            // This is what the test waits for, on the reading side.
        }
    }
}
