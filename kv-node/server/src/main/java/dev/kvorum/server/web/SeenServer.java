package dev.kvorum.server.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import java.util.function.Consumer;

/**
 * Makes HTTP servers that show each connection from its first byte on. Vert.x itself speaks of a connection only when
 * the head of its first request is complete, which a slow client may put off for ever.
 */
final class SeenServer extends VertxWrapper {

    private final Consumer<Channel> opened;

    private SeenServer(VertxInternal vertx, Consumer<Channel> opened) {
        super(vertx);
        this.opened = opened;
    }

    /**
     * Makes a server.
     *
     * @param opened is told of each connection before anything is read from it, on the loop's thread
     */
    static HttpServer create(VertxInternal vertx, HttpServerOptions options, Consumer<Channel> opened) {
        return new HttpServerImpl(new SeenServer(vertx, opened), options);
    }

    @Override
    public NetServerInternal createNetServer(NetServerOptions options) {
        return new NetServerImpl(delegate, options.copy()) {
            @Override
            protected void initChannel(ChannelPipeline pipeline, boolean ssl) {
                super.initChannel(pipeline, ssl);
                opened.accept(pipeline.channel());
            }
        };
    }
}
