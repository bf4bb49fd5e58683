package dev.kvorum.server.resp;

import dev.kvorum.server.config.DoorConfig;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Requests;
import dev.kvorum.server.metrics.RequestMeter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The RESP door of one event loop. Every loop opens one on the same port; Vert.x deals connections out in turn. All
 * methods are called on the loop's thread.
 */
public final class RespDoor {

    private static final long SWEEP_MS = 1_000;

    private final Vertx vertx;
    private final DoorConfig config;
    private final Requests requests;
    private final RequestMeter meter;
    private final Commands commands;
    private final KeyTurns turns;
    private final InputBuffer.Shared shared = new InputBuffer.Shared();
    private final Set<RespConnection> connections = new LinkedHashSet<>();
    private List<RespConnection> toFlush = new ArrayList<>();
    private List<RespConnection> flushing = new ArrayList<>();
    private @Nullable NetServer server;
    private @Nullable Context context;
    private long sweepTimer;

    /**
     * @param requests carries out the data requests of this loop
     * @param meter counts them; no other loop's
     */
    public RespDoor(Vertx vertx, DoorConfig config, Requests requests, NodeView node, RequestMeter meter) {
        this.vertx = vertx;
        this.config = config;
        this.requests = requests;
        this.meter = meter;
        this.commands = new Commands(node, new HostNames(vertx));
        this.turns = new KeyTurns(vertx);
    }

    /**
     * Opens the door. Must be called on the context of the loop.
     *
     * @param port 0 for any that is free
     * @return the port, or the failure to listen, such as an address in use
     */
    public Future<Integer> listen(String host, int port) {
        context = vertx.getOrCreateContext();
        sweepTimer = vertx.setPeriodic(Math.min(SWEEP_MS, config.halfRequestTimeoutMs()), timer -> sweep());
        NetServer opened = vertx.createNetServer(options()).connectHandler(this::onConnection);
        server = opened;
        return opened.listen(port, host).map(NetServer::actualPort);
    }

    /** Takes no new connections, answers what was asked, and closes within {@code graceMs}. */
    public Future<Void> close(long graceMs) {
        vertx.cancelTimer(sweepTimer);
        NetServer opened = server;
        return opened == null ? Future.succeededFuture() : opened.shutdown(graceMs, TimeUnit.MILLISECONDS);
    }

    DoorConfig config() {
        return config;
    }

    Requests requests() {
        return requests;
    }

    RequestMeter meter() {
        return meter;
    }

    Commands commands() {
        return commands;
    }

    KeyTurns turns() {
        return turns;
    }

    InputBuffer.Shared shared() {
        return shared;
    }

    Set<RespConnection> connections() {
        return connections;
    }

    /** A monotonic clock. */
    long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    /** Flushes a connection when all that this turn of the loop brings has been written. */
    void flushLater(RespConnection connection) {
        if (toFlush.isEmpty() && context != null) {
            context.runOnContext(turnEnds -> flushAll());
        }
        toFlush.add(connection);
    }

    void forget(RespConnection connection) {
        connections.remove(connection);
        meter.connections(connections.size());
    }

    private void onConnection(NetSocket socket) {
        if (connections.size() >= config.connections()) {
            socket.write("-BUSY overloaded " + config.connections() + " connections are open; try another node\r\n")
                    .onComplete(written -> socket.close());
            return;
        }
        connections.add(new RespConnection(this, (NetSocketInternal) socket));
        meter.connections(connections.size());
    }

    private void flushAll() {
        List<RespConnection> due = toFlush;
        toFlush = flushing;
        flushing = due;
        due.forEach(RespConnection::afterReplies);
        due.clear();
    }

    private void sweep() {
        long nowMs = nowMs();
        List.copyOf(connections).forEach(connection -> connection.sweep(nowMs));
    }

    private static NetServerOptions options() {
        return new NetServerOptions().setTcpNoDelay(true).setReuseAddress(true).setAcceptBacklog(1_024);
    }
}
