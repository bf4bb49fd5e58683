package dev.kvorum.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.server.door.DoorFixture;
import dev.kvorum.server.door.RawSocket;
import io.vertx.core.Future;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a door does to clients that stop half way, stay silent, are too many, or meet it when it closes. */
class RespDoorLimitsIT {

    private final DoorFixture fixture = new DoorFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aCommandThatStopsHalfWayIsAnsweredAndTheConnectionClosed() {
        try (RawSocket socket = opened(Map.of("KVORUM_HALF_REQUEST_TIMEOUT_MS", "200"))) {
            socket.send("PING\r\n*1\r\n$4\r\nPI");
            assertThat(socket.readAll())
                    .isEqualTo("+PONG\r\n-ERR Protocol error: request is not complete after 200 ms\r\n");
        }
    }

    @Test
    void aConnectionBetweenCommandsStaysOpenUntilItIsIdleForLong() {
        Map<String, String> quick = Map.of("KVORUM_HALF_REQUEST_TIMEOUT_MS", "100", "KVORUM_IDLE_TIMEOUT_MS", "1000");
        try (RawSocket socket = opened(quick)) {
            socket.send("PING\r\n");
            assertThat(socket.read(7)).isEqualTo("+PONG\r\n");
            assertThat(socket.isSilentFor(400)).isTrue();
            socket.send("PING\r\n");
            assertThat(socket.read(7)).isEqualTo("+PONG\r\n");
        }
        try (RawSocket socket = opened(quick)) {
            assertThat(socket.readAll()).as("closed when idle").isEmpty();
        }
    }

    @Test
    void oneConnectionTooManyIsTurnedAway() {
        RespDoor door = door(Map.of("KVORUM_CONNECTIONS", "1"));
        int port = fixture.on(() -> door.listen("127.0.0.1", 0));
        try (RawSocket first = new RawSocket(port)) {
            first.send("PING\r\n");
            assertThat(first.read(7)).isEqualTo("+PONG\r\n");
            try (RawSocket second = new RawSocket(port)) {
                assertThat(second.readAll()).isEqualTo("-BUSY overloaded 1 connections are open; try another node\r\n");
            }
            first.send("PING\r\n");
            assertThat(first.read(7)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void halfSentCommandsTogetherAreBounded() {
        RespDoor door = door(Map.of("KVORUM_HALF_REQUEST_BYTES", "1048576"));
        int port = fixture.on(() -> door.listen("127.0.0.1", 0));
        String half = "*300\r\n" + ("$10240\r\n" + "v".repeat(10_240) + "\r\n").repeat(120);
        try (RawSocket socket = new RawSocket(port)) {
            socket.send(half);
            assertThat(socket.readThrough("\r\n"))
                    .isEqualTo("-BUSY overloaded too many half-sent requests on this node; try again\r\n");
        }
        try (RawSocket socket = new RawSocket(port)) {
            socket.send(half.substring(0, 700_000)).send("v");
            assertThat(socket.isSilentFor(200))
                    .as("what the first one held is free again")
                    .isTrue();
        }
    }

    @Test
    void aDoorThatClosesAnswersWhatItWasAsked() {
        RespDoor door = door(Map.of());
        int port = fixture.on(() -> door.listen("127.0.0.1", 0));
        fixture.run(fixture.requests::hold);
        try (RawSocket asking = new RawSocket(port);
                RawSocket silent = new RawSocket(port)) {
            asking.send("SET k v\r\n");
            silent.send("PING\r\n");
            assertThat(silent.read(7)).isEqualTo("+PONG\r\n");
            Future<?>[] closing = new Future<?>[1];
            fixture.run(() -> closing[0] = door.close(10_000));
            assertThat(silent.readAll()).isEmpty();
            fixture.run(fixture.requests::release);
            assertThat(asking.readAll()).isEqualTo("+OK\r\n");
            fixture.on(() -> closing[0].map("closed"));
        }
    }

    private RawSocket opened(Map<String, String> variables) {
        RespDoor door = door(variables);
        return new RawSocket(fixture.on(() -> door.listen("127.0.0.1", 0)));
    }

    private RespDoor door(Map<String, String> variables) {
        return new RespDoor(
                fixture.vertx,
                DoorFixture.config(variables).doors(),
                fixture.requests,
                fixture.node,
                fixture.metrics.meter("resp"));
    }
}
