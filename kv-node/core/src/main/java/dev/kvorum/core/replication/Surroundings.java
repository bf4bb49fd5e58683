package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationEffect.Trace;
import dev.kvorum.core.replication.Shortfall.Loss;
import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Hlc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one replication machine look at: the step in progress, the ring, the view, the node's standing, and
 * the sources of dots, stamps and numbers.
 */
final class Surroundings implements ShardOutlook {

    final NodeId self;
    final ReplicationConfig config;
    final Timers timers = new Timers();

    private final WarmUp warmUp = new WarmUp();

    private final RandomGenerator random;
    private Consumer<? super ReplicationEffect> out = Surroundings::outsideStep;
    private long nowMs;
    private long wallOffsetMs;

    private @Nullable Table table;
    private LiveView view = LiveView.ALONE;
    private Standing standing = Standing.STARTING;
    private Pace pace = Pace.WARMING_UP;
    private boolean diskFull;
    private @Nullable NodeId[] homes = new @Nullable NodeId[0];
    private long[] takeOvers = new long[0];

    private final long session;
    private long actor;
    private long sequence;
    private long lastHlc;
    private long lastId;

    Surroundings(NodeId self, ReplicationConfig config, RandomGenerator random) {
        this.self = self;
        this.config = config;
        this.random = random;
        this.session = random.nextLong();
        this.actor = session;
        this.lastId = random.nextLong() >>> 2;
    }

    void beginStep(long stepNowMs, Consumer<? super ReplicationEffect> sink) {
        out = sink;
        nowMs = stepNowMs;
        if (warmUp.step(stepNowMs)) {
            trace(Event.STOOD_STILL, -1);
            if (!config.has(ReplicationFlaw.OWN_PAUSE_UNNOTICED)) {
                fall();
            }
        }
        findPace();
    }

    /** Others may have acted in this node's place; whatever made them do so may come again. */
    void fall() {
        forgetSettled();
        warmUp.fall(nowMs);
        findPace();
    }

    private void findPace() {
        Pace former = pace;
        pace = warmUp.isSteady() || config.has(ReplicationFlaw.COLD_HOME) ? Pace.STEADY : Pace.WARMING_UP;
        if (pace != former) {
            findHomes();
        }
    }

    void endStep() {
        out = Surroundings::outsideStep;
    }

    private static void outsideStep(ReplicationEffect effect) {
        throw new IllegalStateException("an effect outside a step: " + effect);
    }

    void emit(ReplicationEffect effect) {
        out.accept(effect);
    }

    void trace(Event event, int shard) {
        out.accept(new Trace(event, shard));
    }

    void send(NodeId to, ReplicationMessage message) {
        out.accept(new ReplicationEffect.Send(to, message));
    }

    long nowMs() {
        return nowMs;
    }

    int remainingMs(long deadlineMs) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, deadlineMs - nowMs));
    }

    void wallClock(long wallMs) {
        wallOffsetMs = wallMs - nowMs;
    }

    long wallMs() {
        return nowMs + wallOffsetMs;
    }

    /** The instant by which expiry is judged: the wall clock, but never before what was stamped or shown already. */
    long nowHlcMs(long shownHlc) {
        return Math.max(wallMs(), Math.max(Hlc.millis(lastHlc), Hlc.millis(shownHlc)));
    }

    /** A stamp above every stamp given here before and above the one given. */
    long nextHlc(long above) {
        lastHlc = Hlc.next(wallMs(), Math.max(lastHlc, above));
        return lastHlc;
    }

    Dot nextDot() {
        return new Dot(actor, ++sequence);
    }

    /**
     * Goes on under another actor: a later dot of this one would claim what this node does not hold, because a store
     * failed, or what was never issued, because a context was forged.
     */
    void renewActor() {
        actor = random.nextLong();
        sequence = 0;
        forgetSettled();
        trace(Event.ACTOR_RENEWED, -1);
    }

    long session() {
        return session;
    }

    /** Numbers start anywhere, so that an answer to a former process of this node is not taken for one to this. */
    long nextId() {
        return ++lastId;
    }

    // ---- ring, view, standing

    boolean hasRing() {
        return table != null;
    }

    Table table() {
        return Objects.requireNonNull(table, "no ring yet");
    }

    Ring ring() {
        return table().ring();
    }

    int shardOf(Key key) {
        return ring().shardOf(key.slot());
    }

    ShardEntry entry(int shard) {
        return table().entry(shard);
    }

    /** Whether this node is a complete replica of the shard: only those coordinate, vote and are merged from. */
    boolean isComplete(int shard) {
        return table().isOwn(shard);
    }

    boolean mayCoordinate(int shard) {
        return isComplete(shard) || config.has(ReplicationFlaw.INCOMPLETE_HOME);
    }

    String incomplete(int shard) {
        return "node " + self.shortName() + " is no complete replica of shard " + shard;
    }

    /** Whether the shard waits for a person, because acknowledged writes of it may be gone. */
    boolean hasStopped(int shard) {
        return table().loss(shard) == Loss.POSSIBLE && !config.has(ReplicationFlaw.LOSS_UNNOTICED);
    }

    /** What a client is told of a shard that has stopped. */
    String possibleLoss(int shard) {
        return "shard " + shard + " has " + table().complete(shard).size() + " complete replicas of "
                + entry(shard).replicas().size() + ", too few to hold all acknowledged writes; bring nodes back, or"
                + " accept the loss at epoch " + entry(shard).epoch();
    }

    LiveView view() {
        return view;
    }

    Standing standing() {
        return standing;
    }

    /** Time since this machine began to act, or last stood still or was held for dead. */
    long sinceFallMs() {
        return nowMs - warmUp.lastFallMs();
    }

    Pace pace() {
        return pace;
    }

    boolean isDiskFull() {
        return diskFull;
    }

    void becomeStanding(Standing next) {
        if (standing == Standing.STARTING) {
            warmUp.begin(nowMs);
            findPace();
        }
        standing = next;
        findHomes();
    }

    void becomeDiskFull(boolean full) {
        diskFull = full;
    }

    /** Acts by these rows from now on. */
    void becomeTable(Table next) {
        Table former = table;
        table = next;
        if (homes.length != next.ring().shards()) {
            homes = new @Nullable NodeId[next.ring().shards()];
            takeOvers = new long[homes.length];
        }
        if (former != null) {
            // Between two rows of a shard there may be others that this node never saw, under which others were homes.
            next.changedSince(former).forEach(shard -> takeOvers[shard]++);
            boolean unnoticed = config.has(ReplicationFlaw.FALLEN_LEVEL_UNNOTICED);
            if (next.hasWeakerWrites(former) && !unnoticed) {
                forgetSettled();
            }
        }
        findHomes();
    }

    void becomeView(LiveView next) {
        LiveView former = view;
        view = next;
        findHomes();
        for (int shard = 0; shard < homes.length; shard++) {
            if (isHome(shard) && hasReturned(entry(shard), former)) {
                takeOvers[shard] += config.has(ReplicationFlaw.RETURN_IS_NO_TAKE_OVER) ? 0 : 1;
                trace(Event.TOOK_OVER, shard);
            }
        }
    }

    /** Whether a replica is live again: while it did not hear this node, it may have acted as the home. */
    private boolean hasReturned(ShardEntry entry, LiveView former) {
        for (NodeId replica : entry.replicas()) {
            if (view.isLive(replica) && !former.isLive(replica)) {
                return true;
            }
        }
        return false;
    }

    boolean serves() {
        return coordinates() || standing == Standing.DRAINING;
    }

    boolean coordinates() {
        return standing == Standing.VOTING || standing == Standing.MERGING;
    }

    boolean votes() {
        return votes(standing);
    }

    /** Whether what a node of this standing answers counts as a read vote. */
    boolean votes(Standing of) {
        return of == Standing.VOTING || (of == Standing.MERGING && config.has(ReplicationFlaw.TORN_TAIL_VOTES));
    }

    boolean isLive(NodeId node) {
        return node.equals(self) ? coordinates() : view.isLive(node);
    }

    @Override
    public int liveReplicas(int shard) {
        return table == null ? 0 : live(table.complete(shard));
    }

    int live(List<NodeId> nodes) {
        int live = 0;
        for (NodeId node : nodes) {
            live += isLive(node) ? 1 : 0;
        }
        return live;
    }

    @Override
    public boolean isSteady() {
        return pace == Pace.STEADY;
    }

    private boolean isSteady(NodeId node) {
        return node.equals(self) ? isSteady() : view.isSteady(node);
    }

    /** The first steady one of the complete replicas; without one the first live one; null when none is live here. */
    @Override
    public @Nullable NodeId home(int shard) {
        return shard < homes.length ? homes[shard] : null;
    }

    boolean isHome(int shard) {
        return self.equals(homes[shard]);
    }

    /** Grows each time this node takes over as the shard's home; what was read before no longer counts as settled. */
    long takeOver(int shard) {
        return takeOvers[shard];
    }

    void forgetSettled() {
        for (int shard = 0; shard < takeOvers.length; shard++) {
            takeOvers[shard]++;
        }
    }

    private void findHomes() {
        if (table == null) {
            return;
        }
        boolean any = config.has(ReplicationFlaw.INCOMPLETE_HOME);
        for (int shard = 0; shard < homes.length; shard++) {
            becomeHome(shard, firstOf(any ? table.entry(shard).replicas() : table.complete(shard)));
        }
    }

    private void becomeHome(int shard, @Nullable NodeId home) {
        if (self.equals(home) && !self.equals(homes[shard])) {
            takeOvers[shard]++;
            trace(Event.TOOK_OVER, shard);
        }
        homes[shard] = home;
    }

    private @Nullable NodeId firstOf(List<NodeId> replicas) {
        NodeId firstLive = null;
        for (NodeId replica : replicas) {
            boolean live = isLive(replica);
            if (live && isSteady(replica)) {
                return replica;
            }
            firstLive = live && firstLive == null ? replica : firstLive;
        }
        return firstLive;
    }

    // ---- counting

    String zone(NodeId node) {
        RingNode found = ring().node(node);
        return found == null ? "" : found.zone();
    }

    int zones(List<NodeId> nodes) {
        List<String> zones = new ArrayList<>(4);
        for (NodeId node : nodes) {
            String zone = zone(node);
            if (!zones.contains(zone)) {
                zones.add(zone);
            }
        }
        return zones.size();
    }

    Achieved achieved(List<NodeId> nodes, Durability durability, ShardEntry entry, Achieved.Repair repair) {
        return new Achieved(nodes.size(), zones(nodes), durability, entry.epoch(), repair);
    }
}
