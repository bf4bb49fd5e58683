package dev.kvorum.server.admin;

import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.metrics.Metrics;
import dev.kvorum.server.metrics.Recent;
import dev.kvorum.server.metrics.RequestMeter;
import dev.kvorum.server.web.WebServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The admin door of a node: one, on the control context, open before the store. All methods are called on that
 * context's thread.
 */
public final class AdminDoor {

    private final Vertx vertx;
    private final StatsDocument stats;
    private final WebServer server;
    private long lookTimer;

    /** @param node may know neither ids nor ring yet; it is asked anew for each request */
    public AdminDoor(Vertx vertx, ServerConfig config, NodeView node, ClusterControl control, Metrics metrics) {
        NodeDocuments documents = new NodeDocuments(config, node, version());
        this.vertx = vertx;
        this.stats = new StatsDocument(node, metrics);
        AdminRequests requests =
                new AdminRequests(new AdminRequests.Shown(node, documents, stats, metrics), control, config.admin());
        this.server = new WebServer(vertx, config.doors(), RequestMeter.unseen(), requests::handle);
    }

    /**
     * Opens the door.
     *
     * @param port 0 for any that is free
     * @return the port, or the failure to listen, such as an address in use
     */
    public Future<Integer> listen(String host, int port) {
        lookTimer = vertx.setPeriodic(Recent.LOOK_MS, timer -> stats.look());
        return server.listen(host, port);
    }

    /** Takes no new connections, answers what was asked, and closes within {@code graceMs}. */
    public Future<Void> close(long graceMs) {
        vertx.cancelTimer(lookTimer);
        return server.close(graceMs);
    }

    private static String version() {
        String written = AdminDoor.class.getPackage().getImplementationVersion();
        return written == null ? "development" : written;
    }
}
