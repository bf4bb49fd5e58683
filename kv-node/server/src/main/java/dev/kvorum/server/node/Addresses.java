package dev.kvorum.server.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns host names into addresses, anew every {@link #FRESH_MS}: a pod keeps its name and changes its address. Used on
 * one event loop; the look-up itself waits on a worker.
 */
final class Addresses {

    private static final int FRESH_MS = 2_000;

    private record Known(Future<String> address, long atMs) {}

    private final Vertx vertx;
    private final Map<String, Known> known = new HashMap<>();

    Addresses(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The address in digits; fails when the name resolves to none. */
    Future<String> resolve(String host) {
        Known entry = known.get(host);
        if (entry != null && Clock.nowMs() - entry.atMs() < FRESH_MS) {
            return entry.address();
        }
        Future<String> looked =
                Workers.call(vertx, () -> InetAddress.getByName(host).getHostAddress());
        known.put(host, new Known(looked, Clock.nowMs()));
        return looked;
    }
}
