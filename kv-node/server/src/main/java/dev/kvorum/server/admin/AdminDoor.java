package dev.kvorum.server.admin;

import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.AuthorityControl;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Reading;
import dev.kvorum.server.metrics.Metrics;
import dev.kvorum.server.metrics.Recent;
import dev.kvorum.server.metrics.RequestMeter;
import dev.kvorum.server.web.WebServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * The admin door of a node: one, on the control context, open before the store. All methods are called on that
 * context's thread.
 */
public final class AdminDoor {

    private final Vertx vertx;
    private final StatsDocument stats;
    private final WebServer server;
    private long lookTimer;

    /**
     * What is behind the door.
     *
     * @param view may know neither ids nor ring yet; it is asked anew for each request
     */
    public record Node(NodeView view, ClusterControl control, AuthorityControl authority) {

        private List<Reading> figures() {
            List<Reading> figures = new ArrayList<>(AuthorityReadings.of(authority.authority()));
            figures.addAll(view.readings());
            return figures;
        }
    }

    public AdminDoor(Vertx vertx, ServerConfig config, Node node, Metrics metrics) {
        NodeView view = node.view();
        NodeDocuments documents = new NodeDocuments(config, view, node.authority(), version());
        this.vertx = vertx;
        this.stats = new StatsDocument(view, node::figures, metrics);
        AdminRequests requests = new AdminRequests(
                new AdminRequests.Shown(view, node::figures, documents, stats, metrics),
                node.control(),
                new AuthorityRequests(node.authority()),
                config.admin());
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
