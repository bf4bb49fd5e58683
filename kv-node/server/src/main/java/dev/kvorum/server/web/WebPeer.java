package dev.kvorum.server.web;

import dev.kvorum.server.json.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices on one connection that a request has begun and does not end. Vert.x says nothing of a request before its
 * headers are complete, so this looks at the bytes themselves, on HTTP/1.1; on HTTP/2, whose frames are not requests,
 * only at bodies.
 */
final class WebPeer extends ChannelInboundHandlerAdapter {

    /** Vert.x's name for its handler of idle connections. */
    private static final String IDLE = "idle";

    private final HttpConnection connection;
    private final boolean watchesBytes;
    private @Nullable ChannelHandlerContext context;
    private long halfSinceMs;
    private final List<Begun> begun = new ArrayList<>(1);

    /** A request whose headers are complete. */
    private record Begun(HttpServerRequest request, long atMs) {}

    private WebPeer(HttpConnection connection, boolean watchesBytes) {
        this.connection = connection;
        this.watchesBytes = watchesBytes;
    }

    /**
     * Begins to watch. Vert.x says that there is a connection when the head of its first request is complete; the
     * server's idle timeout guards it until then, and is lengthened here to the one between requests.
     */
    static WebPeer on(HttpConnection connection, int idleTimeoutMs) {
        boolean one = connection.getClass().getSimpleName().startsWith("Http1");
        WebPeer peer = new WebPeer(connection, one);
        if (connection instanceof ConnectionBase base) {
            ChannelPipeline pipeline = base.channel().pipeline();
            if (pipeline.get(IDLE) != null) {
                pipeline.replace(IDLE, IDLE, new IdleStateHandler(0, 0, idleTimeoutMs, TimeUnit.MILLISECONDS));
            }
            if (one) {
                pipeline.addFirst("half-requests", peer);
            }
        }
        return peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) {
        if (halfSinceMs == 0 && !awaitsBody()) {
            halfSinceMs = nowMs();
        }
        read.fireChannelRead(message);
    }

    /** The headers of a request are complete. */
    void requestBegins(HttpServerRequest request) {
        halfSinceMs = 0;
        begun.removeIf(before -> before.request().isEnded());
        begun.add(new Begun(request, nowMs()));
    }

    boolean isHalfFor(long ms) {
        long nowMs = nowMs();
        begun.removeIf(before -> before.request().isEnded());
        boolean body = begun.stream().anyMatch(request -> nowMs - request.atMs() > ms);
        return body || (halfSinceMs != 0 && nowMs - halfSinceMs > ms);
    }

    /** Ends the connection, telling the client why where the protocol allows it. */
    void end(String detail) {
        ChannelHandlerContext raw = context;
        if (!watchesBytes || raw == null) {
            connection.close();
            return;
        }
        byte[] body = Problem.of(408, "bad_request", detail).toBytes();
        byte[] head = ("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: " + Problem.CONTENT_TYPE
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        raw.writeAndFlush(Unpooled.wrappedBuffer(head, body)).addListener(ChannelFutureListener.CLOSE);
    }

    private boolean awaitsBody() {
        return !begun.isEmpty() && !begun.getLast().request().isEnded();
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
