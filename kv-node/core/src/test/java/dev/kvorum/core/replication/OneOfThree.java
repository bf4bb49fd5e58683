package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationInput.Received;
import dev.kvorum.core.replication.ReplicationMessage.Probe;
import dev.kvorum.core.replication.ReplicationMessage.ProbeAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The machine of node 0, home of the only shard, with its disk. Nodes 1 and 2 hold the other replicas; they answer
 * probes and leave the rest to the test.
 */
final class OneOfThree {

    static final Key KEY = new Key(0, "key".getBytes(StandardCharsets.UTF_8));

    final List<ReplicationEffect> effects = new ArrayList<>();
    final TreeSet<NodeId> deaf = new TreeSet<>();

    /** What the peers say of themselves; while all warm up, the first of the replicas is the home. */
    Pace peers = Pace.WARMING_UP;

    /** The row's epoch; what peers answer under. */
    long epoch = 1;

    List<BucketSettings> buckets = List.of(bucket("default", 2));

    boolean readsFail;
    boolean readsWait;
    boolean storesWait;

    /** A store that fails leaves the object where look-ups find it, as a failed sync does. */
    boolean storesFail;

    private Replication machine =
            new Replication(id(0), ReplicationConfig.standard(), LoopShare.WHOLE, new SplittableRandom(7));
    private final ArrayDeque<ReplicationInput> late = new ArrayDeque<>();
    private final ArrayDeque<ReplicationInput> inputs = new ArrayDeque<>();
    private final Map<Key, KvObject> disk = new HashMap<>();
    private long nowMs = 1_000;
    private long requests;

    OneOfThree() {
        start();
        meetPeers();
        run(Admission.PATIENCE_MS);
        effects.clear();
    }

    /** The same, having met nobody yet. */
    static OneOfThree justStarted() {
        OneOfThree fresh = new OneOfThree();
        fresh.machine = new Replication(id(0), ReplicationConfig.standard(), LoopShare.WHOLE, new SplittableRandom(8));
        fresh.start();
        fresh.effects.clear();
        return fresh;
    }

    private void start() {
        become(1, new TreeMap<>());
        step(new ReplicationInput.StandingChanged(Standing.VOTING));
        step(new ReplicationInput.Tick(0));
    }

    void meetPeers() {
        step(new ReplicationInput.MembersChanged(new TreeSet<>(List.of(id(1), id(2)))));
        step(new ReplicationInput.LinkOpened(id(1)));
        step(new ReplicationInput.LinkOpened(id(2)));
    }

    static NodeId id(int number) {
        return new NodeId(number, 0, number);
    }

    // ---- the only row

    /** The row as it stands from this epoch on; peers answer under it from now on. */
    void become(long at, SortedMap<Integer, Shortfall> shortfalls) {
        epoch = at;
        step(new ReplicationInput.RingChanged(ring(at), buckets, shortfalls));
    }

    void become(long at, Shortfall.Loss loss, Integer... incomplete) {
        TreeSet<NodeId> nodes = new TreeSet<>();
        List.of(incomplete).forEach(number -> nodes.add(id(number)));
        become(at, new TreeMap<>(Map.of(0, new Shortfall(nodes, loss))));
    }

    private static Ring ring(long epoch) {
        List<RingNode> nodes = IntStream.range(0, 3)
                .mapToObj(
                        i -> new RingNode(id(i), "n" + i, "z" + i, 1, "h" + i, new Ports(8080, 6379, 7600, 7601, 9600)))
                .toList();
        return Ring.at("c", epoch, 3, nodes, List.of(new ShardEntry(0, epoch, List.of(id(0), id(1), id(2)))));
    }

    static BucketSettings bucket(String name, int write) {
        return new BucketSettings(
                name,
                BucketSettings.Mode.QUORUM,
                BucketSettings.Conflict.SIBLINGS,
                Level.exactly(2),
                Level.exactly(write),
                false);
    }

    // ---- time and inputs

    void pass(int ms) {
        nowMs += ms;
    }

    /** Ticks every 10 ms for so long. */
    void run(int ms) {
        for (int passed = 0; passed < ms; passed += 10) {
            pass(10);
            step(new ReplicationInput.Tick(nowMs));
        }
    }

    void step(ReplicationInput input) {
        inputs.add(input);
        for (ReplicationInput next = inputs.poll(); next != null; next = inputs.poll()) {
            machine.step(nowMs, next, this::perform);
        }
    }

    private void perform(ReplicationEffect effect) {
        effects.add(effect);
        switch (effect) {
            case ReplicationEffect.Load(long loadId, Key key) ->
                (readsWait ? late : inputs)
                        .add(
                                readsFail
                                        ? new ReplicationInput.LoadFailed(loadId)
                                        : new ReplicationInput.Loaded(loadId, disk.getOrDefault(key, KvObject.ABSENT)));
            case ReplicationEffect.Store(long storeId, Key key, KvObject object, Durability ignored) -> {
                disk.put(key, object);
                (storesWait ? late : inputs)
                        .add(
                                storesFail
                                        ? new ReplicationInput.StoreFailed(storeId)
                                        : new ReplicationInput.Stored(storeId));
            }
            case ReplicationEffect.Send(NodeId to, Probe probe)
            when !deaf.contains(to) ->
                inputs.add(new Received(to, new ProbeAnswer(probe.id(), Standing.VOTING, peers)));
            default -> {}
        }
    }

    /** The first of the look-ups and stores that had to wait is answered now. */
    void finishOne() {
        step(late.remove());
    }

    // ---- what clients and peers say

    long put(String value, @Nullable Version context) {
        return submit(
                new Operation.Put(Kind.BYTES, "", value.getBytes(StandardCharsets.UTF_8), Expiry.NEVER, Condition.NONE),
                context);
    }

    long get() {
        return submit(new Operation.Read(), null);
    }

    long ask(ClientRequest request) {
        step(new ReplicationInput.Submit(++requests, request));
        return requests;
    }

    private long submit(Operation operation, @Nullable Version context) {
        return ask(request(operation, context));
    }

    static ClientRequest request(Operation operation, @Nullable Version context) {
        return new ClientRequest(KEY, operation, new Levels(2, 2, Durability.FSYNC, 1), context, 0, 2_000);
    }

    /** Every replica that was asked to show the key shows this. */
    void answerReads(KvObject object) {
        for (var asked : sent(ReadReplica.class)) {
            step(new Received(asked.to(), new ReadAnswer(asked.message().id(), epoch, object.digest(), object)));
        }
    }

    /** Every replica that was asked to take a write has it. */
    void acknowledgeWrites() {
        for (var asked : sent(WriteReplica.class)) {
            step(new Received(asked.to(), new WriteAck(asked.message().id(), epoch)));
        }
    }

    /** Has the key read by the home that took over, so that it may overwrite it without another look. */
    void settle() {
        put("first", null);
        answerReads(KvObject.ABSENT);
        acknowledgeWrites();
        effects.clear();
    }

    // ---- what the machine did

    /** All messages of a kind since the effects were cleared or taken. */
    <M extends ReplicationMessage> List<Sent<M>> sent(Class<M> kind) {
        List<Sent<M>> sent = new ArrayList<>();
        for (ReplicationEffect effect : effects) {
            if (effect instanceof ReplicationEffect.Send(NodeId to, ReplicationMessage message)
                    && kind.isInstance(message)) {
                sent.add(new Sent<>(to, kind.cast(message)));
            }
        }
        return sent;
    }

    record Sent<M extends ReplicationMessage>(NodeId to, M message) {}

    @Nullable
    ClientReply replyTo(long request) {
        ClientReply found = null;
        for (ReplicationEffect effect : effects) {
            if (effect instanceof ReplicationEffect.Reply(long id, ClientReply reply) && id == request) {
                found = reply;
            }
        }
        return found;
    }

    /** The epochs that it said to be settled at since the effects were cleared. */
    List<Long> settled() {
        return effects.stream()
                .filter(ReplicationEffect.Settled.class::isInstance)
                .map(effect -> ((ReplicationEffect.Settled) effect).epoch())
                .toList();
    }

    KvObject stored() {
        return disk.getOrDefault(KEY, KvObject.ABSENT);
    }
}
