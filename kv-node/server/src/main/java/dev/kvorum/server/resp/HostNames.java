package dev.kvorum.server.resp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The addresses behind the nodes' host names, because some Redis clients connect to numbers only. Looked up through the
 * JDK on a worker thread, and kept for a few seconds: a node that moves keeps its name and changes its address.
 */
final class HostNames {

    private static final long FRESH_NS = 5_000_000_000L;

    private final Vertx vertx;
    private Map<String, String> known = new LinkedHashMap<>();
    private long knownAtNs;

    HostNames(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Host name to address, or to itself where it cannot be resolved. Completes on the calling loop. */
    Future<Map<String, String>> addresses(Collection<String> hosts) {
        if (known.keySet().containsAll(hosts) && System.nanoTime() - knownAtNs < FRESH_NS) {
            return Future.succeededFuture(known);
        }
        TreeSet<String> wanted = new TreeSet<>(hosts);
        return vertx.executeBlocking(() -> lookUp(wanted), false).map(found -> {
            known = Objects.requireNonNull(found);
            knownAtNs = System.nanoTime();
            return known;
        });
    }

    private static Map<String, String> lookUp(Collection<String> hosts) {
        Map<String, String> found = new HashMap<>();
        for (String host : hosts) {
            found.put(host, address(host));
        }
        return found;
    }

    private static String address(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException unresolved) {
            return host;
        }
    }
}
