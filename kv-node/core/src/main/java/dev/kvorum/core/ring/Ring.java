package dev.kvorum.core.ring;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The versioned table from shard to replica set, immutable and safe to share between threads. Slots in order form the
 * circle; a shard is a contiguous range of them. The epoch grows with each change of the table.
 *
 * <p>{@link #shardOf(int)} and {@link #entry} are array look-ups. {@link #preferenceList} walks the circle: callers on
 * a hot path keep what it returns for as long as they keep the ring.
 */
public final class Ring {

    private static final int FORM = 1;

    private final String clusterId;
    private final long epoch;
    private final int factor;
    private final List<RingNode> nodes;
    private final Map<NodeId, RingNode> nodesById;
    private final List<ShardEntry> entries;
    private final int slotShift;
    private final long hash;

    private Ring(String clusterId, long epoch, int factor, List<RingNode> nodes, List<ShardEntry> entries) {
        this.clusterId = clusterId;
        this.epoch = epoch;
        this.factor = factor;
        this.nodes = nodes.stream().sorted(RingNode.ORDER).toList();
        this.nodesById = new HashMap<>();
        this.entries = List.copyOf(entries);
        this.nodes.forEach(node -> nodesById.put(node.id(), node));
        requireConsistent();
        this.slotShift = Integer.numberOfTrailingZeros(Slots.COUNT / entries.size());
        WireWriter content = new WireWriter();
        write(content);
        this.hash = ContentHash.of(content);
    }

    /** The ring at epoch 1, a pure function of the document: {@link Placement} decides the table. */
    public static Ring of(Bootstrap document) {
        PlacementPlan plan = Placement.fresh(document.shards(), document.factor(), document.nodes());
        return founded(document.clusterId(), document.factor(), document.nodes(), plan.table());
    }

    /**
     * The ring at epoch 1 with the given replica sets.
     *
     * @param replicaSets one per shard, in order; their number is a power of two up to 16,384
     * @throws IllegalArgumentException when a set names a node that is not among {@code nodes}
     */
    public static Ring founded(String clusterId, int factor, List<RingNode> nodes, List<List<NodeId>> replicaSets) {
        List<ShardEntry> entries = new ArrayList<>(replicaSets.size());
        for (int shard = 0; shard < replicaSets.size(); shard++) {
            entries.add(new ShardEntry(shard, 1, replicaSets.get(shard)));
        }
        return new Ring(clusterId, 1, factor, nodes, entries);
    }

    /**
     * The ring at any epoch: what the authority decided, or a node kept.
     *
     * @param entries one per shard, in order, none of an epoch above {@code epoch}
     * @throws IllegalArgumentException when the table is not consistent
     */
    public static Ring at(String clusterId, long epoch, int factor, List<RingNode> nodes, List<ShardEntry> entries) {
        return new Ring(clusterId, epoch, factor, nodes, entries);
    }

    public String clusterId() {
        return clusterId;
    }

    public long epoch() {
        return epoch;
    }

    /** How many replicas each shard should have (N). */
    public int factor() {
        return factor;
    }

    /** All nodes, in order of zone and name. */
    public List<RingNode> nodes() {
        return nodes;
    }

    /** The node of this id, or null when the ring does not know it. */
    public @Nullable RingNode node(NodeId id) {
        return nodesById.get(id);
    }

    /** How many shards there are, a power of two. */
    public int shards() {
        return entries.size();
    }

    /** The shard that holds {@code slot} (0 to 16,383). */
    public int shardOf(int slot) {
        return slot >>> slotShift;
    }

    /** The shard that holds {@code key}. */
    public int shardOf(byte[] key) {
        return shardOf(Slots.slotOf(key));
    }

    public int firstSlot(int shard) {
        return shard << slotShift;
    }

    /** The last slot of {@code shard}, itself included. */
    public int lastSlot(int shard) {
        return firstSlot(shard + 1) - 1;
    }

    public ShardEntry entry(int shard) {
        return entries.get(shard);
    }

    /** The whole table, in order of shards. */
    public List<ShardEntry> entries() {
        return entries;
    }

    /** The ring one epoch later in which {@code replicas} hold {@code shard}; the entry carries that epoch. */
    public Ring withReplicas(int shard, List<NodeId> replicas) {
        return withEntry(new ShardEntry(shard, epoch + 1, replicas));
    }

    /**
     * The ring one epoch later with {@code entry} in its place.
     *
     * @throws IllegalArgumentException when the entry carries another epoch than the next
     */
    public Ring withEntry(ShardEntry entry) {
        Checks.require(entry.epoch() == epoch + 1, "epoch of the entry", entry.epoch(), "the next is " + (epoch + 1));
        List<ShardEntry> changed = new ArrayList<>(entries);
        changed.set(entry.shard(), entry);
        return new Ring(clusterId, epoch + 1, factor, nodes, changed);
    }

    /**
     * The replicas of {@code shard}, then every other node in the order in which it stands in: the k-th fallback is for
     * the k-th replica (then around again), and is the first node met walking clockwise from the shard that is not
     * chosen yet, of that replica's zone if there is one. After Dynamo (section 4.6), with zones.
     */
    public List<NodeId> preferenceList(int shard) {
        List<NodeId> replicas = entry(shard).replicas();
        List<NodeId> waiting = fallbacksClockwise(shard);
        List<NodeId> preference = new ArrayList<>(nodes.size());
        preference.addAll(replicas);
        for (int turn = 0; !waiting.isEmpty(); turn++) {
            preference.add(takeFallback(waiting, replicas.get(turn % replicas.size())));
        }
        return Collections.unmodifiableList(preference);
    }

    /**
     * Who may stand in for {@code replica} of {@code shard}, best first: nodes of its zone in the order met walking
     * clockwise, then the others in that order. The shard's own replicas are not among them.
     */
    public List<NodeId> fallbacksFor(int shard, NodeId replica) {
        List<NodeId> waiting = fallbacksClockwise(shard);
        List<NodeId> ordered = new ArrayList<>(waiting.size());
        while (!waiting.isEmpty()) {
            ordered.add(takeFallback(waiting, replica));
        }
        return Collections.unmodifiableList(ordered);
    }

    /** 64 bits of SHA-256: equal for equal cluster id, epoch, factor, nodes and table, in every process. */
    public long hash() {
        return hash;
    }

    /** {@link #hash} as 16 hex digits. */
    public String hashText() {
        return HexFormat.of().toHexDigits(hash);
    }

    /**
     * Reads the binary form.
     *
     * @throws MalformedException when the bytes are no consistent ring
     */
    public static Ring read(WireReader in) {
        int form = in.getByte();
        if (form != FORM) {
            throw new MalformedException("ring of form " + form + ", expected " + FORM);
        }
        try {
            return readFormOne(in);
        } catch (IllegalArgumentException invalid) {
            throw new MalformedException("ring: " + invalid.getMessage());
        }
    }

    /** Appends the binary form; replicas are written as positions in the list of nodes. */
    public void write(WireWriter out) {
        out.putByte(FORM).putText(clusterId).putVar(epoch).putVar(factor).putVar(nodes.size());
        Map<NodeId, Integer> positions = new HashMap<>();
        for (RingNode node : nodes) {
            positions.put(node.id(), positions.size());
            node.write(out);
        }
        out.putVar(entries.size());
        for (ShardEntry entry : entries) {
            out.putVar(entry.epoch()).putVar(entry.replicas().size());
            for (NodeId replica : entry.replicas()) {
                out.putVar(positions.getOrDefault(replica, -1));
            }
        }
    }

    private static Ring readFormOne(WireReader in) {
        String clusterId = in.getText();
        long epoch = in.getVar();
        int factor = (int) in.getVar();
        List<RingNode> nodes = Bootstrap.readList(in, Bootstrap.LEAST_NODE_BYTES, RingNode::read);
        int shards = in.getCount(3);
        List<ShardEntry> entries = new ArrayList<>(shards);
        for (int shard = 0; shard < shards; shard++) {
            long changedAt = in.getVar();
            entries.add(new ShardEntry(shard, changedAt, Bootstrap.readList(in, 1, wire -> nodeAt(nodes, wire))));
        }
        return new Ring(clusterId, epoch, factor, nodes, entries);
    }

    private static NodeId nodeAt(List<RingNode> nodes, WireReader in) {
        long position = in.getVar();
        Checks.require(position >= 0 && position < nodes.size(), "replica", position, "the ring has fewer nodes");
        return nodes.get((int) position).id();
    }

    private List<NodeId> fallbacksClockwise(int shard) {
        SequencedSet<NodeId> met = new LinkedHashSet<>(entry(shard).replicas());
        for (int step = 1; step < shards() && met.size() < nodes.size(); step++) {
            met.addAll(entry((shard + step) % shards()).replicas());
        }
        nodes.forEach(node -> met.add(node.id()));
        List<NodeId> fallbacks = new ArrayList<>(met);
        fallbacks.removeAll(entry(shard).replicas());
        return fallbacks;
    }

    private NodeId takeFallback(List<NodeId> waiting, NodeId replica) {
        String zone = zoneOf(replica);
        for (int i = 0; i < waiting.size(); i++) {
            if (zoneOf(waiting.get(i)).equals(zone)) {
                return waiting.remove(i);
            }
        }
        return waiting.removeFirst();
    }

    private String zoneOf(NodeId id) {
        return Objects.requireNonNull(nodesById.get(id)).zone();
    }

    private void requireConsistent() {
        int shards = entries.size();
        boolean power = Integer.bitCount(shards) == 1 && shards <= Slots.COUNT;
        Checks.require(power, "number of shards", shards, "use a power of two up to " + Slots.COUNT);
        Checks.require(
                nodesById.size() == nodes.size(), "number of distinct ids", nodesById.size(), "name each node once");
        for (int shard = 0; shard < shards; shard++) {
            ShardEntry entry = entries.get(shard);
            Checks.require(entry.shard() == shard, "shard of entry " + shard, entry.shard(), "keep the table in order");
            Checks.requireRange("epoch of shard " + shard, entry.epoch(), 1, epoch);
            boolean known = nodesById.keySet().containsAll(entry.replicas());
            Checks.require(known, "replicas of shard " + shard, entry.replicas(), "name only nodes of the ring");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ring that
                && clusterId.equals(that.clusterId)
                && epoch == that.epoch
                && factor == that.factor
                && nodes.equals(that.nodes)
                && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    @Override
    public String toString() {
        return "Ring[" + clusterId + " epoch " + epoch + " hash " + hashText() + ", " + shards() + " shards on "
                + nodes.size() + " nodes]";
    }
}
