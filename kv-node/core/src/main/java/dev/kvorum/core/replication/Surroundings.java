package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationEffect.Trace;
import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.step.Invariants;
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

    private @Nullable Ring ring;
    private List<BucketSettings> buckets = List.of();
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
        return ring != null;
    }

    Ring ring() {
        return Objects.requireNonNull(ring, "no ring yet");
    }

    int shardOf(Key key) {
        return ring().shardOf(key.slot());
    }

    ShardEntry entry(int shard) {
        return ring().entry(shard);
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

    void becomeRing(Ring next, List<BucketSettings> settings) {
        Ring former = ring;
        long formerEpoch = former == null ? 0 : former.epoch();
        Invariants.check(
                next.epoch() >= formerEpoch, "the ring went back from epoch %s to %s", formerEpoch, next.epoch());
        ring = next;
        buckets = List.copyOf(settings);
        if (former != null) {
            forgetChanged(former, next);
        }
        findHomes();
    }

    /** Between two entries of a shard that this node has seen there may be others, under which others were its home. */
    private void forgetChanged(Ring former, Ring next) {
        for (int shard = 0; shard < takeOvers.length; shard++) {
            if (former.entry(shard).epoch() != next.entry(shard).epoch()) {
                takeOvers[shard]++;
            }
        }
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
        int live = 0;
        if (ring == null) {
            return live;
        }
        for (NodeId replica : entry(shard).replicas()) {
            live += isLive(replica) ? 1 : 0;
        }
        return live;
    }

    private boolean isSteady(NodeId node) {
        return node.equals(self) ? pace == Pace.STEADY : view.isSteady(node);
    }

    /** The first steady replica of the shard; without one the first live replica; null when none is live here. */
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
        if (ring == null) {
            return;
        }
        int shards = ring.shards();
        if (homes.length != shards) {
            homes = new @Nullable NodeId[shards];
            takeOvers = new long[shards];
        }
        for (int shard = 0; shard < shards; shard++) {
            becomeHome(shard, firstOf(ring.entry(shard)));
        }
    }

    private void becomeHome(int shard, @Nullable NodeId home) {
        if (self.equals(home) && !self.equals(homes[shard])) {
            takeOvers[shard]++;
            trace(Event.TOOK_OVER, shard);
        }
        homes[shard] = home;
    }

    private @Nullable NodeId firstOf(ShardEntry entry) {
        NodeId firstLive = null;
        for (NodeId replica : entry.replicas()) {
            boolean live = isLive(replica);
            if (live && isSteady(replica)) {
                return replica;
            }
            firstLive = live && firstLive == null ? replica : firstLive;
        }
        return firstLive;
    }

    // ---- counting

    /** How many replicas a read must see so that it meets every acknowledged write of this bucket: N−W+1. */
    int takeOverReads(Key key, ShardEntry entry) {
        int replicas = entry.replicas().size();
        return replicas - Math.min(replicas, buckets.get(key.bucket()).write().of(ring().factor())) + 1;
    }

    /** The most other replicas that must be merged to meet every acknowledged write of any bucket. */
    int mergeSources(ShardEntry entry) {
        int replicas = entry.replicas().size();
        int weakest = replicas;
        for (BucketSettings bucket : buckets) {
            weakest = Math.min(weakest, bucket.write().of(ring().factor()));
        }
        return Math.min(replicas - 1, replicas - weakest + 1);
    }

    boolean knowsBucket(Key key) {
        return key.bucket() >= 0 && key.bucket() < buckets.size();
    }

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
