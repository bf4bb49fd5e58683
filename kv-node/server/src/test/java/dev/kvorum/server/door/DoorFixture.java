package dev.kvorum.server.door;

import dev.kvorum.server.config.DoorConfig;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.metrics.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One event loop with a node in memory behind its doors; tests talk to it through sockets. */
public final class DoorFixture implements AutoCloseable {

    public final Vertx vertx;
    public final MapRequests requests = new MapRequests();
    public final FakeNode node = new FakeNode();
    public final Metrics metrics = new Metrics();
    private final Context loop;

    public DoorFixture() {
        vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true))
                .build();
        loop = vertx.getOrCreateContext();
    }

    /** The defaults of a node, with these {@code KVORUM_*} variables. */
    public static ServerConfig config(Map<String, String> variables) {
        return ServerConfig.load(null, variables);
    }

    public static DoorConfig doors() {
        return config(Map.of()).doors();
    }

    /** Runs on the loop and waits for what it promises. */
    public <T> T on(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(now -> work.get().onComplete(done));
        return await(done.future());
    }

    /** Runs on the loop and waits for its end. */
    public void run(Runnable work) {
        on(() -> {
            work.run();
            return Future.succeededFuture("done");
        });
    }

    /** Waits until the node keeps so many requests. */
    public void waitUntilHeld(int count) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        int[] held = {-1};
        while (held[0] != count && System.nanoTime() < deadline) {
            run(() -> held[0] = requests.held());
        }
        if (held[0] != count) {
            throw new AssertionError("the node keeps " + held[0] + " requests, not " + count);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close().map("closed"));
        metrics.close();
    }
}
