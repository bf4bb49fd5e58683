package dev.kvorum.benchmarks;

import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Servers that run already, given as {@code HOST:PORT,HOST:PORT}. */
record GivenServers(String name, List<SocketAddress> addresses) implements Servers {

    static GivenServers parse(String name, String text) {
        List<SocketAddress> addresses = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            int colon = one.lastIndexOf(':');
            if (colon < 1 || !one.substring(colon + 1).matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException("--server takes HOST:PORT, not \"" + one + '"');
            }
            addresses.add(SocketAddress.inetSocketAddress(
                    Integer.parseInt(one.substring(colon + 1)), one.substring(0, colon)));
        }
        return new GivenServers(name, List.copyOf(addresses));
    }

    @Override
    public List<Long> pids() {
        return List.of();
    }

    @Override
    public void close() {
        // Not ours to stop.
    }
}
