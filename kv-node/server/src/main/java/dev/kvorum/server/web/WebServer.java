package dev.kvorum.server.web;

import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.server.config.DoorConfig;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.metrics.RequestMeter;
import dev.kvorum.server.web.WebPeer.Place;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on one event loop with the limits of {@link DoorConfig}: HTTP/1.1 with keep-alive and pipelining,
 * HTTP/2 in clear text. All methods are called on the loop's thread.
 */
public final class WebServer {

    private static final long SWEEP_MS = 1_000;

    private final Vertx vertx;
    private final DoorConfig config;
    private final RequestMeter meter;
    private final Consumer<HttpServerRequest> handler;
    private final Map<Channel, WebPeer> peers = new HashMap<>();
    private @Nullable HttpServer server;
    private long sweepTimer;

    /**
     * @param handler answers a request, or throws {@link Refused} before it has begun to
     */
    public WebServer(Vertx vertx, DoorConfig config, RequestMeter meter, Consumer<HttpServerRequest> handler) {
        this.vertx = vertx;
        this.config = config;
        this.meter = meter;
        this.handler = handler;
    }

    /**
     * Opens the server. Must be called on the context of the loop.
     *
     * @param port 0 for any that is free
     * @return the port, or the failure to listen, such as an address in use
     */
    public Future<Integer> listen(String host, int port) {
        sweepTimer = vertx.setPeriodic(Math.min(SWEEP_MS, config.halfRequestTimeoutMs()), timer -> sweep());
        HttpServer opened = SeenServer.create((VertxInternal) vertx, options(), this::onOpened)
                .connectionHandler(this::onConnection)
                .requestHandler(this::onRequest)
                .invalidRequestHandler(this::onMalformed);
        server = opened;
        return opened.listen(port, host).map(HttpServer::actualPort);
    }

    /** Takes no new connections, answers what was asked, and closes within {@code graceMs}. */
    public Future<Void> close(long graceMs) {
        vertx.cancelTimer(sweepTimer);
        HttpServer opened = server;
        return opened == null ? Future.succeededFuture() : opened.shutdown(graceMs, TimeUnit.MILLISECONDS);
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setAcceptBacklog(1_024)
                .setMaxHeaderSize(config.httpHeaderBytes())
                .setMaxInitialLineLength(config.httpHeaderBytes())
                .setIdleTimeout(config.idleTimeoutMs())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHandle100ContinueAutomatically(false)
                .setHttp2ClearTextEnabled(true);
    }

    private void onOpened(Channel channel) {
        if (peers.size() >= 2L * config.connections()) {
            // Even those that are only told to go elsewhere have their bound.
            var _ = channel.close();
            return;
        }
        Place place = peers.size() < config.connections() ? Place.HELD : Place.REFUSED;
        peers.put(channel, WebPeer.on(channel, place));
        meter.connections(peers.size());
        channel.closeFuture().addListener(gone -> {
            peers.remove(channel);
            meter.connections(peers.size());
        });
    }

    /** Vert.x knows the protocol now: the head of the first request, or the preface of HTTP/2, is complete. */
    private void onConnection(HttpConnection connection) {
        WebPeer peer = peer(connection);
        if (peer != null && !(connection instanceof Http1xServerConnection)) {
            peer.becomesHttp2();
        }
    }

    private @Nullable WebPeer peer(HttpConnection connection) {
        return connection instanceof ConnectionBase base ? peers.get(base.channel()) : null;
    }

    private void onRequest(HttpServerRequest request) {
        WebPeer peer = peer(request.connection());
        if (peer != null) {
            peer.requestBegins(request);
        }
        try {
            if (peer != null && peer.place() == Place.REFUSED) {
                request.response().putHeader("Connection", "close");
                request.response().endHandler(sent -> request.connection().close());
                throw new Refused(Problem.of(
                        503,
                        ErrorCode.OVERLOADED.word(),
                        config.connections() + " connections are open; try another node"));
            }
            handler.accept(request);
        } catch (Refused refused) {
            refuse(request, refused);
        }
    }

    /** Counts and answers a refusal, and lets the rest of the request's body pass. */
    public void refuse(HttpServerRequest request, Refused refused) {
        meter.refused();
        if (!request.isEnded()) {
            BodyReader.throwAway(request);
        }
        Answers.problem(request, refused.problem());
    }

    /** Answers a request that is no HTTP, or whose head is too long; the connection cannot go on after it. */
    private void onMalformed(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String kind = cause == null ? "" : cause.getClass().getSimpleName();
        int most = config.httpHeaderBytes();
        Problem problem = switch (kind) {
            case "TooLongHttpLineException" ->
                Problem.of(414, ErrorCode.BAD_REQUEST.word(), "the request line has more than " + most + " bytes");
            case "TooLongHttpHeaderException" ->
                Problem.of(431, ErrorCode.BAD_REQUEST.word(), "the headers have more than " + most + " bytes");
            default -> Problem.badRequest("the request is no HTTP: " + (cause == null ? "" : cause.getMessage()));
        };
        request.response().putHeader("Connection", "close");
        meter.refused();
        Answers.problem(request, problem);
    }

    private void sweep() {
        for (WebPeer peer : List.copyOf(peers.values())) {
            if (peer.isHalfFor(config.halfRequestTimeoutMs())) {
                meter.refused();
                peer.end("the request is not complete after " + config.halfRequestTimeoutMs() + " ms");
            }
        }
    }
}
