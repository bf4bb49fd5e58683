package dev.kvorum.sim.world;

import dev.kvorum.core.node.FrameReader;
import dev.kvorum.core.node.FrameWriter;
import dev.kvorum.core.replication.LoopShare;
import dev.kvorum.core.replication.Replication;
import dev.kvorum.core.replication.ReplicationConfig;
import dev.kvorum.core.replication.ReplicationEffect;
import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.version.KvObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One event loop of a node: carries out what its replication machine asks for. What is said in one turn to one peer
 * leaves as one frame.
 */
public final class Loop implements Disk.Committed {

    private static final int TICK_US = 10_000;

    private final Node node;
    private final World world;
    private final int number;
    private final Replication machine;
    private final ArrayDeque<ReplicationInput> atOnce = new ArrayDeque<>();
    private final FrameWriter[] frames;
    private final long[] homeSinceUs;
    private Decided known;
    private boolean stepping;

    Loop(Node node, World world, int number, ReplicationConfig config, SplittableRandom luck) {
        this.node = node;
        this.world = world;
        this.number = number;
        this.machine = new Replication(
                node.id(), config, new LoopShare(number, world.settings().loops()), luck);
        this.frames = new FrameWriter[world.nodes().size()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new FrameWriter();
        }
        this.homeSinceUs = new long[world.settings().shards()];
        Arrays.fill(homeSinceUs, world.schedule().nowUs());
        this.known = node.decided();
    }

    public Replication machine() {
        return machine;
    }

    void begin() {
        tick();
    }

    private void tick() {
        step(new ReplicationInput.Tick(node.wallMs()));
        node.later(TICK_US, this::tick);
    }

    void step(ReplicationInput input) {
        if (stepping) {
            atOnce.add(input);
            return;
        }
        stepping = true;
        take(input);
        for (ReplicationInput next = atOnce.poll(); next != null; next = atOnce.poll()) {
            take(next);
        }
        stepping = false;
        flush();
    }

    private void take(ReplicationInput input) {
        switch (input) {
            case ReplicationInput.RingChanged ignored -> becomeHomeOfChanged(node.decided());
            case ReplicationInput.Received(var from, ReplicationMessage message) ->
                world.witness().onReceived(node, world.indexOf(from), message);
            case ReplicationInput.Tick ignored -> {}
            default -> world.tell(node, () -> "<- " + input);
        }
        machine.step(node.nowMs(), input, this::perform);
    }

    /** What others promised so far, this node must find out before it replaces anything. */
    void becomeHomeAnew() {
        Arrays.fill(homeSinceUs, world.schedule().nowUs());
    }

    private void becomeHomeOfChanged(Decided decided) {
        boolean anew = decided.hasWeakerWrites(known);
        for (int shard = 0; shard < homeSinceUs.length; shard++) {
            long epoch = decided.ring().entry(shard).epoch();
            if (anew || epoch != known.ring().entry(shard).epoch()) {
                homeSinceUs[shard] = world.schedule().nowUs();
            }
        }
        known = decided;
    }

    private void perform(ReplicationEffect effect) {
        switch (effect) {
            case ReplicationEffect.Send(var to, ReplicationMessage message) -> {
                int peer = world.indexOf(to);
                world.witness().onSent(node, peer, message);
                frames[peer].add(message);
            }
            case ReplicationEffect.Reply(long requestId, var reply) -> {
                world.witness().onReply(node, reply);
                node.reply(requestId, reply);
            }
            case ReplicationEffect.Store store -> store(store);
            case ReplicationEffect.Load(long loadId, Key key) -> load(loadId, key);
            case ReplicationEffect.Scan scan -> node.later(node.disk().readUs() + 20, () -> scan(scan));
            case ReplicationEffect.RingBehind(var ahead, int shard, long epoch) ->
                node.rows().onRingBehind(world.indexOf(ahead));
            case ReplicationEffect.Settled(long epoch) -> node.rows().onSettled(number, epoch);
            case ReplicationEffect.Merged() -> node.onMerged(this);
            case ReplicationEffect.Trace(Event event, int shard) -> onTrace(event, shard);
        }
    }

    private void onTrace(Event event, int shard) {
        if (event == Event.TOOK_OVER) {
            homeSinceUs[shard] = world.schedule().nowUs();
        } else if (event == Event.ACTOR_RENEWED) {
            becomeHomeAnew();
        }
        world.record(event);
        world.tell(node, () -> event + " shard " + shard);
    }

    // ---- disk

    private void store(ReplicationEffect.Store store) {
        int shard = node.ring().shardOf(store.key().slot());
        world.witness().onStore(node, store.key(), store.object(), homeSinceUs[shard]);
        world.tell(node, () -> "store " + store.storeId() + " " + store.key() + " = " + store.object());
        node.disk()
                .submit(new Disk.Write(
                        this, store.storeId(), store.key(), store.object().encode(), store.durability()));
    }

    @Override
    public void onStored(long storeId) {
        step(new ReplicationInput.Stored(storeId));
    }

    @Override
    public void onStoreFailed(long storeId) {
        step(new ReplicationInput.StoreFailed(storeId));
    }

    private void load(long loadId, Key key) {
        long delayUs = node.disk().readUs();
        if (delayUs == 0) {
            step(loaded(loadId, key));
        } else {
            node.later(delayUs, () -> step(loaded(loadId, key)));
        }
    }

    private ReplicationInput loaded(long loadId, Key key) {
        if (node.disk().failsRead()) {
            return node.has(ShellFlaw.FAILED_READ_IS_ABSENT)
                    ? new ReplicationInput.Loaded(loadId, KvObject.ABSENT)
                    : new ReplicationInput.LoadFailed(loadId);
        }
        byte[] stored = node.disk().read(key);
        return new ReplicationInput.Loaded(loadId, stored == null ? KvObject.ABSENT : KvObject.decode(stored));
    }

    private void scan(ReplicationEffect.Scan scan) {
        if (node.disk().failsRead()) {
            step(new ReplicationInput.ScanFailed(scan.scanId()));
            return;
        }
        Ring ring = node.ring();
        List<Key> page = node.disk().page(ring.firstSlot(scan.shard()), ring.lastSlot(scan.shard()), scan.after());
        List<ReplicationMessage.StoredObject> objects = new ArrayList<>(page.size());
        for (Key key : page) {
            byte[] stored = node.disk().read(key);
            if (stored != null) {
                objects.add(new ReplicationMessage.StoredObject(key, KvObject.decode(stored)));
            }
        }
        var end = node.disk().isLastPage(page) ? ReplicationMessage.End.LAST : ReplicationMessage.End.MORE;
        step(new ReplicationInput.Scanned(scan.scanId(), objects, end));
    }

    // ---- frames

    private void flush() {
        for (int peer = 0; peer < frames.length; peer++) {
            if (!frames[peer].isEmpty()) {
                node.links().send(number, peer, frames[peer].finish(node.nowMs(), node.wallMs(), 0));
            }
        }
    }

    void receive(int from, FrameReader reader) {
        reader.drain(node.nowMs(), message -> step(new ReplicationInput.Received(world.idOf(from), message)));
    }
}
