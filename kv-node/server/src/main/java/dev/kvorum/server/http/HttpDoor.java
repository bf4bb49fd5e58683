package dev.kvorum.server.http;

import dev.kvorum.server.config.DoorConfig;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Requests;
import dev.kvorum.server.metrics.RequestMeter;
import dev.kvorum.server.web.WebServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The HTTP door of one event loop. Every loop opens one on the same port; Vert.x deals connections out in turn. All
 * methods are called on the loop's thread.
 */
public final class HttpDoor {

    private final WebServer server;

    /**
     * @param requests carries out the data requests of this loop
     * @param meter counts them; no other loop's
     */
    public HttpDoor(Vertx vertx, DoorConfig config, Requests requests, NodeView node, RequestMeter meter) {
        HttpRequests handler = new HttpRequests(requests, node, meter, config.requestTimeoutMs());
        this.server = new WebServer(vertx, config, meter, handler::handle);
    }

    /**
     * Opens the door. Must be called on the context of the loop.
     *
     * @param port 0 for any that is free
     * @return the port, or the failure to listen, such as an address in use
     */
    public Future<Integer> listen(String host, int port) {
        return server.listen(host, port);
    }

    /** Takes no new connections, answers what was asked, and closes within {@code graceMs}. */
    public Future<Void> close(long graceMs) {
        return server.close(graceMs);
    }
}
