package dev.kvorum.server.node;

import dev.kvorum.core.node.Rows;
import dev.kvorum.core.replication.Replication;
import dev.kvorum.core.replication.ReplicationEffect;
import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.replication.ReplicationInput.LoadFailed;
import dev.kvorum.core.replication.ReplicationInput.Loaded;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.ReplySink;
import dev.kvorum.server.door.Requests;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.Read;
import dev.kvorum.storage.cache.ObjectCache;
import dev.kvorum.storage.commit.CommitListener;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop: owns the shards {@code shard % loops == loop}, their replication machine, the links of these shards
 * and the requests of the doors that live on this thread. Everything but the constructor runs on the loop's thread.
 */
final class Loop implements Requests, PeerLinks.Listener, CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int TICK_MS = 10;

    /** What a loop needs of the node around it. */
    interface Node {
        /** Why requests cannot be taken now, as the client is told; null when the machine is to judge. */
        @Nullable
        Failed refusal();

        /** Every shard of the loop was merged from enough other replicas. */
        void onMerged(Loop loop);

        /** Nothing of what the loop began under an earlier row of the ring is left. */
        void onSettled(Loop loop, long epoch);

        /** A machine met a state that it rules out: nothing of this process is to be trusted any more. */
        void onBug(Throwable bug);

        /** The store said that something it acknowledged is not readable, or took no more writes. */
        void onStoreTrouble();
    }

    private final Vertx vertx;
    private final Context context;
    private final Node node;
    private final PeerLinks links;
    private final Map<Long, ReplySink> sinks = new HashMap<>();
    private final ArrayDeque<ReplicationInput> atOnce = new ArrayDeque<>();
    private final EnumMap<Event, long[]> events = new EnumMap<>(Event.class);
    private final OwnThread thread;
    private @Nullable Replication machine;
    private @Nullable StoreAccess store;
    private @Nullable Ring ring;
    private long lastRequestId;
    private boolean stepping;
    private boolean diskFull;

    Loop(Vertx vertx, Context context, Addresses addresses, Node node) {
        this.vertx = vertx;
        this.context = context;
        this.node = node;
        this.thread = new OwnThread(node::onBug);
        this.links = new PeerLinks(context, addresses, this::syncedCommit, PeerLinks.SILENCE, this);
        for (Event event : Event.values()) {
            events.put(event, new long[1]);
        }
    }

    PeerLinks links() {
        return links;
    }

    Context context() {
        return context;
    }

    /** Starts the machine; requests are judged by it from now on. */
    void begin(Replication replication, NodeStorage storage, long cacheBytes) {
        machine = replication;
        store = new StoreAccess(vertx, storage, new ObjectCache(cacheBytes), this);
        vertx.setPeriodic(TICK_MS, timer -> onTick());
        onTick();
    }

    /** Takes an input that came from another thread's doing. */
    void take(ReplicationInput input) {
        step(input);
    }

    @Override
    public void submit(ClientRequest request, ReplySink sink) {
        Failed refusal = machine == null ? notReady() : node.refusal();
        if (refusal != null) {
            sink.reply(refusal);
            return;
        }
        long id = ++lastRequestId;
        sinks.put(id, sink);
        step(new ReplicationInput.Submit(id, request));
    }

    private Failed notReady() {
        return Objects.requireNonNullElseGet(
                node.refusal(),
                () -> Failed.notApplied(dev.kvorum.core.request.ErrorCode.STARTING, "the node is starting"));
    }

    @Nullable
    NodeId home(int shard) {
        return machine == null ? null : machine.outlook().home(shard);
    }

    int liveReplicas(int shard) {
        return machine == null ? 0 : machine.outlook().liveReplicas(shard);
    }

    boolean isSteady() {
        return machine != null && machine.outlook().isSteady();
    }

    int operationsInFlight() {
        return machine == null ? 0 : machine.operationsInFlight();
    }

    int pendingStores() {
        return machine == null ? 0 : machine.pendingStores();
    }

    long cacheBytes() {
        return store == null ? 0 : store.cache().sizeBytes();
    }

    long cacheHits() {
        return store == null ? 0 : store.cache().hits();
    }

    long cacheMisses() {
        return store == null ? 0 : store.cache().misses();
    }

    long count(Event event) {
        return Objects.requireNonNull(events.get(event))[0];
    }

    // ---- the machine

    private void step(ReplicationInput input) {
        if (machine == null || !thread.isThis()) {
            return;
        }
        if (stepping) {
            atOnce.add(input);
            return;
        }
        stepping = true;
        try {
            machine.step(Clock.nowMs(), input, this::perform);
            for (ReplicationInput next = atOnce.poll(); next != null; next = atOnce.poll()) {
                machine.step(Clock.nowMs(), next, this::perform);
            }
        } catch (RuntimeException bug) {
            LOG.error("the replication machine stopped at {}: the process ends and restarts", input, bug);
            node.onBug(bug);
        } finally {
            stepping = false;
        }
    }

    private void perform(ReplicationEffect effect) {
        switch (effect) {
            case ReplicationEffect.Send(NodeId to, ReplicationMessage message) -> links.send(to, message);
            case ReplicationEffect.Reply(long requestId, ClientReply reply) -> reply(requestId, reply);
            case ReplicationEffect.Store write -> store().submit(write);
            case ReplicationEffect.Load(long loadId, Key key) -> load(loadId, key);
            case ReplicationEffect.Scan scan -> store().scan(scan, ring(), this::step);
            case ReplicationEffect.RingBehind behind -> LOG.warn("a peer acts under a newer ring: {}", behind);
            case ReplicationEffect.Settled(long epoch) -> node.onSettled(this, epoch);
            case ReplicationEffect.Merged() -> node.onMerged(this);
            case ReplicationEffect.Trace(Event event, int shard) -> onTrace(event);
        }
    }

    private void onTrace(Event event) {
        Objects.requireNonNull(events.get(event))[0]++;
        if (event == Event.STOOD_STILL) {
            LOG.warn("a loop stood still for 400 ms or more: it leaves its shards to steady replicas for a while");
        }
    }

    private void reply(long requestId, ClientReply reply) {
        ReplySink sink = sinks.remove(requestId);
        if (sink != null) {
            sink.reply(reply);
        }
    }

    private void load(long loadId, Key key) {
        switch (store().read(key)) {
            case Read.Found(byte[] value) -> loaded(loadId, value);
            case Read.Absent() -> step(new Loaded(loadId, KvObject.ABSENT));
            case Read.NeedsIo() -> store().readBlocking(key).onComplete(read -> onReadBlocking(loadId, read.result()));
            case Read.Damaged ignored -> loadFailed(loadId);
            case Read.Closed() -> step(new LoadFailed(loadId));
        }
    }

    private void onReadBlocking(long loadId, @Nullable Read read) {
        if (read instanceof Read.Found(byte[] value)) {
            loaded(loadId, value);
        } else if (read instanceof Read.Absent) {
            step(new Loaded(loadId, KvObject.ABSENT));
        } else {
            loadFailed(loadId);
        }
    }

    /** What was stored carries its own checksum; bytes that fail it are damage, never an absent key. */
    private void loaded(long loadId, byte[] value) {
        KvObject object;
        try {
            object = KvObject.decode(value);
        } catch (MalformedException damaged) {
            LOG.error("a stored object is damaged: {}", damaged.getMessage());
            loadFailed(loadId);
            return;
        }
        step(new Loaded(loadId, object));
    }

    private void loadFailed(long loadId) {
        step(new LoadFailed(loadId));
        node.onStoreTrouble();
    }

    private void onTick() {
        step(new ReplicationInput.Tick(Clock.wallMs()));
        boolean full = store().isFull();
        if (full != diskFull) {
            diskFull = full;
            step(full ? new ReplicationInput.DiskFull() : new ReplicationInput.DiskFreed());
        }
        if (store().isBroken()) {
            node.onStoreTrouble();
        }
    }

    // ---- the committer's answers, on the committer's thread

    @Override
    public void committed(long[] storeIds, int count) {
        context.runOnContext(here -> {
            for (int i = 0; i < count; i++) {
                step(new ReplicationInput.Stored(storeIds[i]));
            }
        });
    }

    @Override
    public void failed(long[] storeIds, int count, Throwable cause) {
        LOG.error("{} writes failed to reach the disk", count, cause);
        long[] ids = Arrays.copyOf(storeIds, count);
        context.runOnContext(here -> {
            store().onWritesFailed();
            for (long id : ids) {
                step(new ReplicationInput.StoreFailed(id));
            }
        });
    }

    // ---- links

    @Override
    public void onOpened(NodeId peer) {
        step(new ReplicationInput.LinkOpened(peer));
    }

    @Override
    public void onClosed(NodeId peer) {
        step(new ReplicationInput.LinkClosed(peer));
    }

    @Override
    public void onMessage(NodeId from, ReplicationMessage message) {
        step(new ReplicationInput.Received(from, message));
    }

    private StoreAccess store() {
        return Objects.requireNonNull(store, "no store yet");
    }

    private Ring ring() {
        return Objects.requireNonNull(ring, "no ring yet");
    }

    /** Acts by this from now on. */
    void adopt(Founded founded) {
        ring = founded.ring();
        step(Rows.of(founded.ring(), founded.state()));
    }

    private long syncedCommit() {
        return store == null ? 0 : store.syncedCommit();
    }
}
