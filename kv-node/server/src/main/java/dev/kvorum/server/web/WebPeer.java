package dev.kvorum.server.web;

import dev.kvorum.server.json.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices on one connection that a request has begun and does not end. It stands first in the connection's pipeline
 * and sees the bytes themselves, because Vert.x says nothing of a request before its head is complete. On HTTP/2, whose
 * frames are not requests, it looks only at bodies.
 */
final class WebPeer extends ChannelInboundHandlerAdapter {

    /** Whether the server had room for the connection when it came. */
    enum Place {
        /** It is one of those that are served. */
        HELD,
        /** Its first request is refused. */
        REFUSED
    }

    private final Channel channel;
    private final Place place;
    private final List<Begun> begun = new ArrayList<>(1);
    private @Nullable ChannelHandlerContext context;
    private boolean watchesBytes = true;
    private boolean ended;
    private long halfSinceMs;

    /** A request whose headers are complete. */
    private record Begun(HttpServerRequest request, long atMs) {}

    private WebPeer(Channel channel, Place place) {
        this.channel = channel;
        this.place = place;
        // Who has no place is not waited for as an idle connection is.
        this.halfSinceMs = place == Place.REFUSED ? nowMs() : 0;
    }

    /** Begins to watch a connection that has just been accepted. */
    static WebPeer on(Channel channel, Place place) {
        WebPeer peer = new WebPeer(channel, place);
        channel.pipeline().addFirst("half-requests", peer);
        return peer;
    }

    /** From now on its bytes are HTTP/2. */
    void becomesHttp2() {
        watchesBytes = false;
        halfSinceMs = 0;
    }

    Place place() {
        return place;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (watchesBytes && halfSinceMs == 0 && !awaitsBody()) {
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
        if (ended) {
            return;
        }
        ended = true;
        ChannelHandlerContext raw = context;
        if (!watchesBytes || raw == null) {
            var _ = channel.close();
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
