package dev.kvorum.server.node;

import dev.kvorum.core.replication.LoopShare;
import dev.kvorum.core.replication.Replication;
import dev.kvorum.core.replication.ReplicationConfig;
import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.request.ClientReply.Failed;
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
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node from its start to its stop: opens the store, judges what it finds there, starts the machines, and answers the
 * doors' questions about itself. May be asked from any thread; what changes is swapped whole.
 */
public final class NodeProcess implements NodeView, ClusterControl, Loop.Node, Enrolment.Node {

    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    private static final int START_PROBES = 10;

    private final Vertx vertx;
    private final ServerConfig config;
    private final Runnable halt;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicInteger loopsMerged = new AtomicInteger();
    private final OwnStanding standing = new OwnStanding();
    private final Contexts contexts;
    private final SelfWatch selfWatch;
    private final Fate fate;
    private final LoopsSettled settled;
    private final ControlLoop control;
    private final Belonging belonging;
    private volatile @Nullable NodeStorage storage;
    private volatile @Nullable HomeScan homeScan;
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
        this.control = new ControlLoop(vertx, new Addresses(vertx), this::tellLoops, this::onBug);
        this.contexts = contexts;
        this.settled = new LoopsSettled(loops.size());
        this.fate = new Fate(vertx, this::store, halt);
        this.belonging = new Belonging(config, contexts.control(), control, this, fate);
        this.selfWatch = new SelfWatch(vertx, contexts, () -> storage);
    }

    /** The loops, in order; each is the {@link dev.kvorum.server.door.Requests} of the doors on its thread. */
    List<Loop> loops() {
        return loops;
    }

    /** Its part in the cluster's authority. */
    Belonging belonging() {
        return belonging;
    }

    Context controlContext() {
        return contexts.control();
    }

    // ---- start

    /** Opens the peer and membership ports; the doors of clients and administrators are opened by {@code Main}. */
    Future<Void> listen() {
        String host = config.node().bindHost();
        int membershipPort = config.ports().membershipPort();
        int peerPort = config.ports().peerPort();
        selfWatch.begin(START_PROBES * config.probe().probeIntervalMs(), control::judge);
        Future<Void> opened = Contexts.on(
                contexts.control(), () -> Listening.named("membershipPort", host, membershipPort, control::listen));
        for (Loop loop : loops) {
            opened = opened.compose(ready -> Contexts.on(
                    loop.context(), () -> Listening.named("peerPort", host, peerPort, loop.links()::listen)));
        }
        return opened;
    }

    /** Opens the store and goes as far as it allows; fails only where the set-up itself is wrong. */
    Future<Void> openStore() {
        Consumer<String> waits = why -> standing.await(State.STARTING, why);
        return new StoreOpening(vertx, config, waits).open().compose(this::begin);
    }

    private Future<Void> begin(StoreOpening.Opened found) {
        NodeStorage opened = found.storage();
        storage = opened;
        standing.hold(found.standing());
        homeScan = new HomeScan(vertx, opened, this::isHome);
        identity = new Identity(opened.identity().nodeId(), opened.identity().volumeId());
        return belonging
                .load(opened)
                .onSuccess(belongs -> {
                    if (!belongs) {
                        standing.await(State.EMPTY, "waits for the bootstrap document");
                    }
                })
                .mapEmpty();
    }

    // ---- what the authority says, on the control context

    @Override
    public void await(String what) {
        standing.await(State.STARTING, what);
    }

    @Override
    public void join(Introduction introduction, Founded first) {
        founded = first;
        if (standing.isFenced()) {
            return;
        }
        standing.join();
        SplittableRandom seeds = new SplittableRandom(new SecureRandom().nextLong());
        control.begin(introduction.membershipConfig(), introduction.member(), first.ring());
        for (int i = 0; i < loops.size(); i++) {
            LoopShare share = new LoopShare(i, loops.size());
            var machine = new Replication(introduction.id(), ReplicationConfig.standard(), share, seeds.split());
            begin(loops.get(i), share, machine, introduction, first);
        }
        LOG.info(
                "node {} belongs to cluster {} at epoch {}",
                introduction.id(),
                first.clusterId(),
                first.ring().epoch());
    }

    private void begin(Loop loop, LoopShare share, Replication machine, Introduction introduction, Founded first) {
        loop.context().runOnContext(here -> {
            loop.begin(machine, store(), config.store().objectCacheBytes() / share.loops());
            loop.adopt(first);
            loop.take(new ReplicationInput.StandingChanged(standing.ofReplicas()));
            loop.links().begin(first.ring(), share, introduction);
        });
    }

    @Override
    public void adopt(Founded next) {
        founded = next;
        for (Loop loop : loops) {
            loop.context().runOnContext(here -> {
                loop.adopt(next);
                loop.links().become(next.ring());
            });
        }
    }

    @Override
    public void suspend(String why) {
        standing.suspend(why);
        LOG.error("this node is fenced until it is registered: {}", why);
        tellStanding();
    }

    @Override
    public void resume() {
        standing.resume();
        LOG.info("this node is registered and serves again");
        tellStanding();
    }

    @Override
    public void fence(String why) {
        standing.fence(why);
        LOG.error("this node is fenced: {}", why);
        tellStanding();
    }

    private NodeStorage store() {
        return Objects.requireNonNull(storage, "no store yet");
    }

    /** Each loop goes by what holds when it hears of it: of two changes at once none overtakes the later. */
    private void tellStanding() {
        for (Loop loop : loops) {
            loop.context().runOnContext(here -> loop.take(new ReplicationInput.StandingChanged(standing.ofReplicas())));
        }
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
        return Refusals.of(standing.shown());
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
                    standing.merged();
                    tellStanding();
                    LOG.info("all shards are merged: this node votes again");
                });
    }

    @Override
    public void onSettled(Loop loop, long epoch) {
        contexts.control().runOnContext(here -> settled.put(loop, epoch, belonging::onSettled));
    }

    @Override
    public void onBug(Throwable bug) {
        halt.run();
    }

    @Override
    public void onStoreTrouble() {
        NodeStorage store = storage;
        if (store == null || standing.isFenced()) {
            return;
        }
        store.damage().ifPresent(damage -> {
            fence(damage.toString());
            fate.forsake(damage.toString());
        });
        store.broken().ifPresent(failure -> {
            fence("a write failed: " + failure.getMessage());
            LOG.error("the outcome of a write is unknown: the process ends, the next start looks at what is there");
            halt.run();
        });
    }

    // ---- what administrators ask

    @Override
    public Future<Founding> found(Bootstrap sent) {
        return belonging.found(sent);
    }

    @Override
    public Future<Recovery> recover(String clusterId, long generation) {
        return belonging.recover(clusterId, generation);
    }

    @Override
    public Future<Void> drain() {
        standing.drain();
        tellStanding();
        return new Stopping(vertx, loops).drained();
    }

    /** Says good-bye to the members, closes links and store; the doors are closed already. */
    Future<Void> stop() {
        return new Stopping(vertx, loops)
                .told(Contexts.on(contexts.control(), control::leave))
                .eventually(() -> Contexts.on(contexts.control(), belonging::close))
                .eventually(() -> Contexts.on(contexts.control(), control::close))
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
        return standing.shown();
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
        List<Reading> readings = NodeReadings.of(loops, storage, founded, belonging);
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
