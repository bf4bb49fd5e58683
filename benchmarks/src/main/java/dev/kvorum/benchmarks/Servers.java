package dev.kvorum.benchmarks;

import io.vertx.core.net.SocketAddress;
import java.util.List;

/** What is measured: where it listens and, when it runs on this machine, its processes. */
interface Servers extends AutoCloseable {

    String name();

    List<SocketAddress> addresses();

    /** Empty when the processes are not ours to look at; then CPU and memory are not printed. */
    List<Long> pids();

    @Override
    void close();
}
