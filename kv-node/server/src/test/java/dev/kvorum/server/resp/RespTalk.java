package dev.kvorum.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.server.door.DoorFixture;
import dev.kvorum.server.door.RawSocket;
import org.junit.jupiter.api.AfterEach;

/** A RESP door with a node in memory behind it, and one client. */
class RespTalk {

    final DoorFixture fixture = new DoorFixture();
    final int port = opened();
    final RawSocket socket = new RawSocket(port);

    private int opened() {
        RespDoor door = new RespDoor(
                fixture.vertx, DoorFixture.doors(), fixture.requests, fixture.node, fixture.metrics.meter("resp"));
        return fixture.on(() -> door.listen("127.0.0.1", 0));
    }

    @AfterEach
    void close() {
        socket.close();
        fixture.close();
    }

    void says(String line, String answer) {
        socket.send(line + "\r\n");
        assertThat(socket.read(answer.length()))
                .as(line.substring(0, Math.min(60, line.length())))
                .isEqualTo(answer);
    }
}
