package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One row of the table with all that the authority knows of it.
 *
 * @param entry the replicas and the epoch of the row's last change
 * @param incomplete replicas that do not hold what they should: on a new volume, or lost; they neither coordinate nor
 *     vote
 * @param awaited replicas that have not yet said that they adopted the entry's epoch and ended what they began before;
 *     the barrier has passed when nobody is awaited
 * @param loss whether so many complete replicas are gone that acknowledged writes may be
 */
public record ShardState(ShardEntry entry, SortedSet<NodeId> incomplete, SortedSet<NodeId> awaited, Loss loss) {

    /** What is known about lost writes of a shard. Kept by place: constants are only ever appended. */
    public enum Loss {
        /** At least N−W+1 complete replicas hold everything acknowledged. */
        NONE,
        /** Fewer: the shard stops until a person accepts. */
        POSSIBLE,
        /** A person has accepted: what the surviving replicas hold counts. */
        ACCEPTED
    }

    public ShardState {
        incomplete = Collections.unmodifiableSortedSet(new TreeSet<>(incomplete));
        awaited = Collections.unmodifiableSortedSet(new TreeSet<>(awaited));
        if (!entry.replicas().containsAll(incomplete) || !entry.replicas().containsAll(awaited)) {
            throw new IllegalArgumentException("shard " + entry.shard()
                    + ": only replicas can be incomplete or awaited; they are " + entry.replicas());
        }
    }

    static ShardState founded(ShardEntry entry) {
        return new ShardState(entry, new TreeSet<>(), new TreeSet<>(), Loss.NONE);
    }

    public int shard() {
        return entry.shard();
    }

    public long epoch() {
        return entry.epoch();
    }

    /** Whether every replica that counts has adopted the entry's epoch. */
    public boolean isSettled() {
        return awaited.isEmpty();
    }

    int complete() {
        return entry.replicas().size() - incomplete.size();
    }

    ShardState at(long epoch) {
        return new ShardState(new ShardEntry(entry.shard(), epoch, entry.replicas()), incomplete, awaited, loss);
    }

    ShardState withIncomplete(NodeId node) {
        TreeSet<NodeId> more = new TreeSet<>(incomplete);
        more.add(node);
        return new ShardState(entry, more, awaited, loss);
    }

    ShardState awaiting(SortedSet<NodeId> members) {
        return new ShardState(entry, incomplete, members, loss);
    }

    ShardState with(Loss next) {
        return new ShardState(entry, incomplete, awaited, next);
    }

    static ShardState read(int shard, WireReader in) {
        long epoch = in.getVar();
        List<NodeId> replicas = Texts.list(in, NodeId.BYTES, NodeId::read);
        TreeSet<NodeId> incomplete = new TreeSet<>(Texts.list(in, NodeId.BYTES, NodeId::read));
        TreeSet<NodeId> awaited = new TreeSet<>(Texts.list(in, NodeId.BYTES, NodeId::read));
        return new ShardState(new ShardEntry(shard, epoch, replicas), incomplete, awaited, in.getEnum(Loss.values()));
    }

    void write(WireWriter out) {
        out.putVar(entry.epoch()).putVar(entry.replicas().size());
        entry.replicas().forEach(node -> node.write(out));
        out.putVar(incomplete.size());
        incomplete.forEach(node -> node.write(out));
        out.putVar(awaited.size());
        awaited.forEach(node -> node.write(out));
        out.putEnum(loss);
    }
}
