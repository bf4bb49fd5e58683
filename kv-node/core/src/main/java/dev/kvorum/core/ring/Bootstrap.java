package dev.kvorum.core.ring;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The document that founds a cluster. Every node accepts one and only one; the ring at epoch 1 is a pure function of
 * it. The order in which nodes, voters and buckets are written does not matter: they are kept sorted.
 *
 * @param generation 1 at the start; grows when a lost authority is recovered by force
 * @param shards a power of two from 1 to 16,384
 * @param factor how many replicas each shard has (N), at most the number of nodes
 * @param read the default of buckets that do not say
 * @param write the default of buckets that do not say
 * @param nodes in order of zone and name
 * @param voters the nodes that vote in the authority: an odd number up to 5, in order of id
 * @param buckets in order of name, {@code default} among them
 */
public record Bootstrap(
        String clusterId,
        long generation,
        int shards,
        int factor,
        Level read,
        Level write,
        Durability durability,
        List<RingNode> nodes,
        List<NodeId> voters,
        List<BucketSettings> buckets) {

    /** The bucket of requests that name none. */
    public static final String DEFAULT_BUCKET = "default";

    static final int MOST_REPLICAS = 9;
    private static final int FORM = 1;
    static final int LEAST_NODE_BYTES = NodeId.BYTES + 17;

    /** When a write counts at a replica. */
    public enum Durability {
        /** When the operating system has it: survives the process. */
        OS,
        /** When the disk has it: survives the machine. */
        FSYNC;

        public static Durability parse(String text) {
            return switch (text) {
                case "os" -> OS;
                case "fsync" -> FSYNC;
                default -> throw new IllegalArgumentException("durability is \"" + text + "\"; use os or fsync");
            };
        }

        @Override
        public String toString() {
            return switch (this) {
                case OS -> "os";
                case FSYNC -> "fsync";
            };
        }
    }

    public Bootstrap {
        nodes = nodes.stream().sorted(RingNode.ORDER).toList();
        voters = voters.stream().sorted().toList();
        buckets = buckets.stream()
                .sorted(Comparator.comparing(BucketSettings::name))
                .toList();
        Checks.requireLabel("clusterId", clusterId);
        Checks.requireRange("generation", generation, 1, Long.MAX_VALUE);
        Checks.requireRange("shards", shards, 1, Slots.COUNT);
        Checks.require(Integer.bitCount(shards) == 1, "shards", shards, "use a power of two");
        requireReplicas(factor, read, write, nodes);
        requireDistinct("id", nodes, RingNode::id);
        requireDistinct("name", nodes, RingNode::name);
        requireVoters(nodes, voters);
        requireBuckets(factor, buckets);
    }

    /**
     * Reads the canonical binary form.
     *
     * @throws MalformedException when the bytes are no valid document
     */
    public static Bootstrap read(WireReader in) {
        int form = in.getByte();
        if (form != FORM) {
            throw new MalformedException("bootstrap document of form " + form + ", expected " + FORM);
        }
        try {
            return new Bootstrap(
                    in.getText(),
                    in.getVar(),
                    (int) in.getVar(),
                    (int) in.getVar(),
                    Level.parse(in.getText()),
                    Level.parse(in.getText()),
                    Durability.parse(in.getText()),
                    readList(in, LEAST_NODE_BYTES, RingNode::read),
                    readList(in, NodeId.BYTES, NodeId::read),
                    readList(in, 5, BucketSettings::read));
        } catch (IllegalArgumentException invalid) {
            throw new MalformedException("bootstrap document: " + invalid.getMessage());
        }
    }

    /** Appends the canonical binary form: equal documents have equal bytes. */
    public void write(WireWriter out) {
        out.putByte(FORM).putText(clusterId).putVar(generation).putVar(shards).putVar(factor);
        out.putText(read.toString()).putText(write.toString()).putText(durability.toString());
        out.putVar(nodes.size());
        nodes.forEach(node -> node.write(out));
        out.putVar(voters.size());
        voters.forEach(voter -> voter.write(out));
        out.putVar(buckets.size());
        buckets.forEach(bucket -> bucket.write(out));
    }

    /** 64 bits of SHA-256 over the canonical form: equal for equal documents, in every process. */
    public long contentHash() {
        WireWriter out = new WireWriter();
        write(out);
        return ContentHash.of(out);
    }

    static <T> List<T> readList(WireReader in, int leastBytesEach, Function<WireReader, T> element) {
        int count = in.getCount(leastBytesEach);
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(element.apply(in));
        }
        return elements;
    }

    private static void requireReplicas(int factor, Level read, Level write, List<RingNode> nodes) {
        Checks.requireRange("factor", factor, 1, MOST_REPLICAS);
        String remedy = "there are only " + nodes.size() + " nodes, lower it or add nodes";
        Checks.require(factor <= nodes.size(), "factor", factor, remedy);
        Checks.require(read.of(factor) <= factor, "read", read, "use at most the factor " + factor);
        Checks.require(write.of(factor) <= factor, "write", write, "use at most the factor " + factor);
    }

    private static void requireDistinct(String field, List<RingNode> nodes, Function<RingNode, Object> value) {
        Set<Object> seen = new HashSet<>();
        for (RingNode node : nodes) {
            boolean first = seen.add(value.apply(node));
            Checks.require(first, field + " of two nodes", value.apply(node), "give every node its own");
        }
    }

    private static void requireVoters(List<RingNode> nodes, List<NodeId> voters) {
        boolean oddAndFew = voters.size() % 2 == 1 && voters.size() <= 5;
        Checks.require(oddAndFew, "number of voters", voters.size(), "use 1, 3 or 5");
        for (int i = 0; i < voters.size(); i++) {
            NodeId voter = voters.get(i);
            boolean known = nodes.stream().anyMatch(node -> node.id().equals(voter));
            Checks.require(known, "voter", voter, "no node has this id, name a node of the document");
            boolean first = i == 0 || !voters.get(i - 1).equals(voter);
            Checks.require(first, "voter", voter, "it is named twice, name it once");
        }
    }

    private static void requireBuckets(int factor, List<BucketSettings> buckets) {
        List<String> names = buckets.stream().map(BucketSettings::name).toList();
        Checks.require(names.contains(DEFAULT_BUCKET), "buckets", names, "add the bucket \"default\"");
        Checks.require(names.stream().distinct().count() == names.size(), "buckets", names, "use each name once");
        buckets.forEach(bucket -> bucket.requireWithin(factor));
    }
}
