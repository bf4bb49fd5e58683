package dev.kvorum.server.node;

import dev.kvorum.core.replication.Standing;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.Recovery;
import dev.kvorum.storage.StorageConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store of a node, on a new volume where the present one is not to be believed. */
final class StoreOpening {

    private static final Logger LOG = LoggerFactory.getLogger(StoreOpening.class);
    private static final int AGAIN_MS = 1_000;

    private final Vertx vertx;
    private final StorageConfig store;
    private final Consumer<String> waits;

    /**
     * An open store.
     *
     * @param standing what its replicas may do
     */
    record Opened(NodeStorage storage, Standing standing) {}

    /**
     * @param waits hears why the store cannot be opened at the moment
     */
    StoreOpening(Vertx vertx, ServerConfig config, Consumer<String> waits) {
        this.vertx = vertx;
        this.waits = waits;
        this.store = StorageConfig.of(config.node().dataDir(), config.node().name())
                .with(new StorageConfig.Memory(
                        config.store().blockCacheBytes(),
                        StorageConfig.Memory.DEFAULT.memtableBytes(),
                        StorageConfig.Memory.DEFAULT.queueBytes()));
    }

    /** Completes when there is a store, however long that takes; fails only where the set-up is wrong. */
    Future<Opened> open() {
        return Workers.call(vertx, () -> NodeStorage.open(store)).compose(this::judge);
    }

    private Future<Opened> judge(Recovery recovery) {
        LOG.info("store: {}", recovery.getClass().getSimpleName());
        return switch (recovery) {
            case Recovery.Fresh(NodeStorage opened) -> Future.succeededFuture(new Opened(opened, Standing.VOTING));
            case Recovery.Clean(NodeStorage opened) -> Future.succeededFuture(new Opened(opened, Standing.VOTING));
            case Recovery.AfterKernelRestart(NodeStorage opened, long reached, long synced) ->
                Future.succeededFuture(new Opened(opened, Standing.MERGING));
            case Recovery.Amnesia amnesia -> {
                LOG.error(
                        "{}: this volume is not to be believed; it is set aside, and the node comes back on a new one",
                        amnesia.damage());
                yield Workers.call(vertx, () -> NodeStorage.openAnew(store, amnesia))
                        .compose(this::judge);
            }
            case Recovery.Refused(String why) -> Future.failedFuture(new SetUpException(why));
            case Recovery.Unavailable(String why) -> {
                LOG.warn("the store cannot be opened now: {}", why);
                waits.accept(why);
                Promise<Opened> later = Promise.promise();
                vertx.setTimer(AGAIN_MS, due -> open().onComplete(later));
                yield later.future();
            }
        };
    }
}
