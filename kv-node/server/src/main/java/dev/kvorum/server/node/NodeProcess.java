package dev.kvorum.server.node;

import dev.kvorum.core.replication.LoopShare;
import dev.kvorum.core.replication.Replication;
import dev.kvorum.core.replication.ReplicationConfig;
import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.HomeKeys;
import dev.kvorum.server.door.Identity;
import dev.kvorum.server.door.MemberRow;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Reading;
import dev.kvorum.server.door.Standing;
import dev.kvorum.server.door.Standing.State;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.Recovery;
import dev.kvorum.storage.StorageConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node from its start to its stop: opens the store, judges what it finds there, starts the machines, and answers the
 * doors' questions about itself. May be asked from any thread; what changes is swapped whole.
 */
public final class NodeProcess implements NodeView, ClusterControl, Loop.Node {

    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    private static final int DRAIN_LOOK_MS = 50;
    private static final int LEAVE_WAIT_MS = 2_000;
    private static final int START_PROBES = 10;

    private final Vertx vertx;
    private final ServerConfig config;
    private final Runnable halt;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicInteger loopsMerged = new AtomicInteger();
    private final Contexts contexts;
    private final SelfWatch selfWatch;
    private final ControlLoop control;
    private volatile Standing standing = Standing.because(State.STARTING, "the store is being opened");
    private volatile @Nullable NodeStorage storage;
    private volatile @Nullable HomeScan homeScan;
    private volatile @Nullable FoundingDocument document;
    private volatile @Nullable Founded founded;
    private volatile @Nullable Identity identity;

    /**
     * @param contexts one Vert.x context per data loop, then the control context
     * @param halt ends the process at once, for a state in which nothing may be trusted
     */
    public NodeProcess(Vertx vertx, ServerConfig config, Contexts contexts, Runnable halt) {
        this.vertx = vertx;
        this.config = config;
        this.halt = halt;
        for (var context : contexts.data()) {
            loops.add(new Loop(vertx, context, new Addresses(vertx), this));
        }
        this.control = new ControlLoop(vertx, new Addresses(vertx), this::tellLoops);
        this.contexts = contexts;
        this.selfWatch = new SelfWatch(vertx, contexts, () -> storage);
    }

    /** The loops, in order; each is the {@link dev.kvorum.server.door.Requests} of the doors on its thread. */
    List<Loop> loops() {
        return loops;
    }

    // ---- start

    /** Opens the peer and membership ports; the doors of clients and administrators are opened by {@code Main}. */
    Future<Void> listen() {
        String host = config.node().bindHost();
        int membershipPort = config.ports().membershipPort();
        int peerPort = config.ports().peerPort();
        selfWatch.begin(START_PROBES * config.probe().probeIntervalMs(), control::judge);
        Future<Void> opened = onContext(
                contexts.control(), () -> Listening.named("membershipPort", host, membershipPort, control::listen));
        for (Loop loop : loops) {
            opened = opened.compose(ready ->
                    onContext(loop.context(), () -> Listening.named("peerPort", host, peerPort, loop.links()::listen)));
        }
        return opened;
    }

    private static Future<Void> onContext(
            io.vertx.core.Context context, java.util.function.Supplier<Future<Void>> task) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(here -> task.get().onComplete(done));
        return done.future();
    }

    /** Opens the store and goes as far as it allows; fails only where the set-up itself is wrong. */
    Future<Void> openStore() {
        var store = StorageConfig.of(config.node().dataDir(), config.node().name())
                .with(new StorageConfig.Memory(
                        config.store().blockCacheBytes(),
                        StorageConfig.Memory.DEFAULT.memtableBytes(),
                        StorageConfig.Memory.DEFAULT.queueBytes()));
        return Workers.call(vertx, () -> NodeStorage.open(store)).compose(this::judge);
    }

    private Future<Void> judge(Recovery recovery) {
        LOG.info("store: {}", recovery.getClass().getSimpleName());
        return switch (recovery) {
            case Recovery.Fresh(NodeStorage opened) -> begin(opened, dev.kvorum.core.replication.Standing.VOTING);
            case Recovery.Clean(NodeStorage opened) -> begin(opened, dev.kvorum.core.replication.Standing.VOTING);
            case Recovery.AfterKernelRestart(NodeStorage opened, long reached, long synced) ->
                begin(opened, dev.kvorum.core.replication.Standing.MERGING);
            case Recovery.Amnesia(var damage, var known) -> {
                known.ifPresent(who -> identity = new Identity(who.nodeId(), who.volumeId()));
                becomeFenced(damage.toString());
                yield Future.succeededFuture();
            }
            case Recovery.Refused(String why) -> Future.failedFuture(new SetUpException(why));
            case Recovery.Unavailable(String why) -> {
                LOG.warn("the store cannot be opened now: {}", why);
                standing = Standing.because(State.STARTING, why);
                Promise<Void> later = Promise.promise();
                vertx.setTimer(1_000, due -> openStore().onComplete(later));
                yield later.future();
            }
        };
    }

    private Future<Void> begin(NodeStorage opened, dev.kvorum.core.replication.Standing whenFounded) {
        storage = opened;
        homeScan = new HomeScan(vertx, opened, this::isHome);
        identity = new Identity(opened.identity().nodeId(), opened.identity().volumeId());
        FoundingDocument kept = new FoundingDocument(opened);
        document = kept;
        return vertx.<@Nullable Founded>executeBlocking(kept::load, false).compose(found -> {
            if (found == null) {
                standing = Standing.because(State.EMPTY, "waits for the bootstrap document");
                return Future.succeededFuture();
            }
            return join(found, whenFounded);
        });
    }

    /** Starts the machines of a node that belongs to a cluster. */
    private Future<Void> join(Founded found, dev.kvorum.core.replication.Standing replicas) {
        NodeStorage store = Objects.requireNonNull(storage);
        Introduction self = new Introduction(config, found, store);
        founded = found;
        standing = replicas == dev.kvorum.core.replication.Standing.MERGING
                ? Standing.because(State.RECOVERING, "merges other replicas after a restart of the kernel")
                : Standing.of(State.READY);
        SplittableRandom seeds = new SplittableRandom(new SecureRandom().nextLong());
        Future<Void> begun = onContext(contexts.control(), () -> {
            control.begin(self.membershipConfig(), self.member(), found.ring());
            return Future.succeededFuture();
        });
        for (int i = 0; i < loops.size(); i++) {
            Loop loop = loops.get(i);
            LoopShare share = new LoopShare(i, loops.size());
            var machine = new Replication(self.id(), ReplicationConfig.standard(), share, seeds.split());
            begun = begun.compose(ready -> onContext(loop.context(), () -> {
                loop.begin(machine, store, config.store().objectCacheBytes() / loops.size());
                loop.becomeRing(found.ring());
                loop.take(new ReplicationInput.RingChanged(
                        found.ring(), found.document().buckets()));
                loop.take(new ReplicationInput.StandingChanged(replicas));
                loop.connect(found.ring(), () -> self.handshake(share));
                return Future.succeededFuture();
            }));
        }
        LOG.info(
                "node {} belongs to cluster {} at epoch {}",
                self.id(),
                found.document().clusterId(),
                found.ring().epoch());
        return begun;
    }

    private void tellLoops(ReplicationInput input) {
        for (Loop loop : loops) {
            loop.context().runOnContext(here -> {
                loop.take(input);
                if (input instanceof ReplicationInput.MembersChanged(var alive)) {
                    alive.forEach(loop.links()::hurry);
                }
            });
        }
    }

    // ---- what the loops report

    @Override
    public @Nullable Failed refusal() {
        Standing now = standing;
        return switch (now.state()) {
            case READY, RECOVERING -> null;
            case FENCED -> Failed.notApplied(ErrorCode.FENCED, "this node is fenced: " + now.reason());
            case STARTING, EMPTY -> Failed.notApplied(ErrorCode.STARTING, "this node is not ready: " + now.reason());
            case DRAINING -> Failed.notApplied(ErrorCode.STARTING, "this node is about to stop: ask another");
        };
    }

    @Override
    public void onMerged(Loop loop) {
        if (loopsMerged.incrementAndGet() < loops.size()) {
            return;
        }
        Workers.call(vertx, () -> {
                    Objects.requireNonNull(storage).merged();
                    return true;
                })
                .onSuccess(durable -> {
                    tellLoops(new ReplicationInput.StandingChanged(dev.kvorum.core.replication.Standing.VOTING));
                    standing = Standing.of(State.READY);
                    LOG.info("all shards are merged: this node votes again");
                });
    }

    @Override
    public void onBug(Throwable bug) {
        halt.run();
    }

    @Override
    public void onStoreTrouble() {
        NodeStorage store = storage;
        if (store == null || standing.state() == State.FENCED) {
            return;
        }
        store.damage().ifPresent(damage -> becomeFenced(damage.toString()));
        store.broken().ifPresent(failure -> {
            becomeFenced("a write failed: " + failure.getMessage());
            LOG.error("the outcome of a write is unknown: the process ends, the next start looks at what is there");
            halt.run();
        });
    }

    private void becomeFenced(String reason) {
        standing = Standing.because(State.FENCED, reason);
        LOG.error("this node is fenced: {}", reason);
        tellLoops(new ReplicationInput.StandingChanged(dev.kvorum.core.replication.Standing.FENCED));
    }

    // ---- what administrators ask

    @Override
    public Future<Founding> found(Bootstrap sent) {
        FoundingDocument accepting = document;
        if (accepting == null) {
            return Future.succeededFuture(new Founding.Refused("this node is " + standing.reason()));
        }
        return Workers.call(vertx, () -> accepting.accept(sent)).compose(answer -> {
            Founded accepted = accepting.founded();
            if (answer instanceof Founding.Accepted && accepted != null && founded == null) {
                return join(accepted, dev.kvorum.core.replication.Standing.VOTING)
                        .map(joined -> answer);
            }
            return Future.succeededFuture(answer);
        });
    }

    @Override
    public Future<Void> drain() {
        if (standing.state() == State.READY || standing.state() == State.RECOVERING) {
            standing = Standing.because(State.DRAINING, "asked to stop");
            tellLoops(new ReplicationInput.StandingChanged(dev.kvorum.core.replication.Standing.DRAINING));
        }
        Promise<Void> idle = Promise.promise();
        awaitIdle(idle);
        return idle.future();
    }

    private void awaitIdle(Promise<Void> idle) {
        if (loops.stream().mapToInt(Loop::operationsInFlight).sum() == 0) {
            idle.complete();
        } else {
            vertx.setTimer(DRAIN_LOOK_MS, later -> awaitIdle(idle));
        }
    }

    /** Says good-bye to the members, closes links and store; the doors are closed already. */
    Future<Void> stop() {
        Future<Void> goodbye = onContext(contexts.control(), control::leave);
        Promise<Void> enough = Promise.promise();
        vertx.setTimer(LEAVE_WAIT_MS, late -> enough.tryComplete());
        goodbye.onComplete(told -> enough.tryComplete());
        Future<Void> stopped = enough.future();
        for (Loop loop : loops) {
            stopped = stopped.eventually(
                    () -> onContext(loop.context(), () -> loop.links().close()));
        }
        return stopped.eventually(() -> onContext(contexts.control(), control::close))
                .eventually(() -> Workers.call(vertx, () -> {
                    NodeStorage store = storage;
                    if (store != null) {
                        store.close();
                    }
                    return true;
                }));
    }

    // ---- what the doors show

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public @Nullable Identity identity() {
        return identity;
    }

    @Override
    public @Nullable Founded founded() {
        return founded;
    }

    @Override
    public NodeId home(int shard) {
        NodeId home = loops.getFirst().home(shard);
        Ring ring = Objects.requireNonNull(founded).ring();
        return home != null ? home : ring.entry(shard).replicas().getFirst();
    }

    @Override
    public int liveReplicas(int shard) {
        return loops.getFirst().liveReplicas(shard);
    }

    @Override
    public List<MemberRow> members() {
        return MemberRows.of(control.view(), control.begunMs(), Clock.nowMs());
    }

    @Override
    public List<Reading> readings() {
        List<Reading> readings = NodeReadings.of(loops, storage, founded);
        readings.addAll(selfWatch.readings());
        return readings;
    }

    @Override
    public HomeKeys homeKeys() {
        return Objects.requireNonNull(homeScan, "no store yet");
    }

    private boolean isHome(int slot) {
        NodeStorage store = Objects.requireNonNull(storage);
        Ring ring = Objects.requireNonNull(founded).ring();
        return home(ring.shardOf(slot)).equals(store.identity().nodeId());
    }

    @Override
    public long stillForMs() {
        return selfWatch.stillForMs();
    }
}
