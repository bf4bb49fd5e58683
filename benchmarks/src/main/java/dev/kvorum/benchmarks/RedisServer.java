package dev.kvorum.benchmarks;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code redis-server} without persistence, as the yardstick of the same protocol on the same machine. */
final class RedisServer {

    private static final String HOST = "127.8.1.1";
    private static final int PORT = 6379;
    private static final int START_SECONDS = 10;

    private RedisServer() {}

    static Servers start() {
        OwnProcesses processes = new OwnProcesses("redis");
        processes.start(
                new ProcessBuilder(List.of(
                                "redis-server",
                                "--bind",
                                HOST,
                                "--port",
                                "" + PORT,
                                "--save",
                                "",
                                "--appendonly",
                                "no"))
                        .directory(processes.directory("redis").toFile()),
                SocketAddress.inetSocketAddress(PORT, HOST));
        long deadlineNs = System.nanoTime() + START_SECONDS * 1_000_000_000L;
        @Nullable IOException last = null;
        while (System.nanoTime() < deadlineNs && processes.isAlive(0)) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(HOST, PORT), 100);
                return processes;
            } catch (IOException notYet) {
                last = notYet;
                Thread.onSpinWait();
            }
        }
        String log = processes.log(0);
        processes.close();
        throw new IllegalStateException("redis-server did not start: " + last + "\n" + log);
    }
}
