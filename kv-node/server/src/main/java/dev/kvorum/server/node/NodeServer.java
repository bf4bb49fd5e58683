package dev.kvorum.server.node;

import dev.kvorum.server.admin.AdminDoor;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.Requests;
import dev.kvorum.server.http.HttpDoor;
import dev.kvorum.server.metrics.Metrics;
import dev.kvorum.server.metrics.SlotMeter;
import dev.kvorum.server.resp.RespDoor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node with all its doors. The admin door opens first, so that everybody can see how far the node is; the doors of
 * clients open when the store has been looked at.
 */
public final class NodeServer {

    private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);
    private static final int WORKERS = 4;
    private static final int SLOW_TURN_S = 2;
    private static final int CLOSE_MS = 500;

    private final ServerConfig config;
    private final Vertx vertx;
    private final NodeProcess process;
    private final Contexts contexts;
    private final Metrics metrics = new Metrics();
    private final AdminDoor adminDoor;
    private final List<HttpDoor> httpDoors = new ArrayList<>();
    private final List<RespDoor> respDoors = new ArrayList<>();
    private @Nullable Future<Void> stopping;

    /**
     * @param halt ends the process at once; called when nothing in it may be trusted any more
     */
    public NodeServer(ServerConfig config, Runnable halt) {
        this.config = config;
        int loops = config.node().loopsFor(Runtime.getRuntime().availableProcessors());
        this.vertx = Vertx.builder()
                .with(options(loops))
                .withMetrics(new MicrometerMetricsFactory(metrics.registry()))
                .build();
        this.contexts = contexts(vertx, loops);
        this.process = new NodeProcess(vertx, config, contexts, halt);
        this.adminDoor =
                new AdminDoor(vertx, config, new AdminDoor.Node(process, process, process.belonging()), metrics);
        if (!vertx.isNativeTransportEnabled()) {
            LOG.info(
                    "no native transport on this machine: {}", String.valueOf(vertx.unavailableNativeTransportCause()));
        }
    }

    private static VertxOptions options(int loops) {
        // Of Vert.x's metrics only those of its thread pools: the doors and links count what passes through them.
        var metrics = new MicrometerMetricsOptions().setEnabled(true);
        for (MetricsDomain domain : MetricsDomain.values()) {
            if (domain != MetricsDomain.NAMED_POOLS) {
                metrics.addDisabledMetricsCategory(domain);
            }
        }
        return new VertxOptions()
                .setMetricsOptions(metrics)
                .setEventLoopPoolSize(loops + 1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(WORKERS)
                .setPreferNativeTransport(true)
                .setMaxEventLoopExecuteTime(SLOW_TURN_S)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS);
    }

    /** What the node says of itself and what it may be asked by administrators. */
    public NodeProcess process() {
        return process;
    }

    public Metrics metrics() {
        return metrics;
    }

    private static Contexts contexts(Vertx vertx, int loops) {
        List<Context> data = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            data.add(((VertxInternal) vertx).createEventLoopContext());
        }
        return new Contexts(data, ((VertxInternal) vertx).createEventLoopContext());
    }

    /** Completes when every door is open; fails with a sentence for a person when one cannot be. */
    public Future<Void> start() {
        String host = config.node().bindHost();
        return Contexts.on(
                        contexts.control(),
                        () -> Listening.named("adminPort", host, config.ports().adminPort(), adminDoor::listen))
                .compose(visible -> process.listen())
                .compose(listening -> process.openStore())
                .compose(opened -> openClientDoors());
    }

    private Future<Void> openClientDoors() {
        Future<Void> opened = Future.succeededFuture();
        for (Loop loop : process.loops()) {
            opened = opened.compose(ready -> openClientDoors(loop));
        }
        return opened;
    }

    private Future<Void> openClientDoors(Loop loop) {
        SlotMeter slots = metrics.slotMeter();
        Requests requests = (request, sink) -> {
            slots.asked(request.key().slot());
            loop.submit(request, sink);
        };
        HttpDoor http = new HttpDoor(vertx, config.doors(), requests, process, metrics.meter("http"));
        RespDoor resp = new RespDoor(vertx, config.doors(), requests, process, metrics.meter("resp"));
        httpDoors.add(http);
        respDoors.add(resp);
        String host = config.node().bindHost();
        return Contexts.on(
                loop.context(),
                () -> Listening.named("httpPort", host, config.ports().httpPort(), http::listen)
                        .compose(open ->
                                Listening.named("respPort", host, config.ports().respPort(), resp::listen)));
    }

    /**
     * Refuses new requests, finishes those in flight, closes the doors and the store. Repeating it waits for the same.
     */
    public synchronized Future<Void> stop() {
        Future<Void> begun = stopping;
        if (begun == null) {
            begun = stopOnce();
            stopping = begun;
        }
        return begun;
    }

    private Future<Void> stopOnce() {
        Future<Void> drained = Future.any(process.drain(), grace()).mapEmpty();
        for (HttpDoor door : httpDoors) {
            drained = drained.eventually(() -> door.close(CLOSE_MS));
        }
        for (RespDoor door : respDoors) {
            drained = drained.eventually(() -> door.close(CLOSE_MS));
        }
        return drained.eventually(process::stop)
                .eventually(() -> adminDoor.close(CLOSE_MS))
                .eventually(vertx::close);
    }

    private Future<Void> grace() {
        Promise<Void> enough = Promise.promise();
        vertx.setTimer(config.node().stopGraceMs(), late -> enough.tryComplete());
        return enough.future();
    }
}
