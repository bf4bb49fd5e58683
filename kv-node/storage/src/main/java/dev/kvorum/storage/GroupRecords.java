package dev.kvorum.storage;

import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.CommitListener;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What one consensus group keeps: its vote, its log, and the state that was applied with the mark up to where. All of
 * it goes through the node's one committer, in the order in which it was asked for, and is answered when it is synced;
 * what is asked for together is there together after a crash. For one thread; {@link #read} blocks, the others never
 * do.
 */
public final class GroupRecords {

    private final NodeStorage storage;
    private final GroupKeys keys;
    private long lastIndex = Long.MAX_VALUE;

    GroupRecords(NodeStorage storage, int number) {
        this.storage = storage;
        this.keys = new GroupKeys(number);
    }

    /**
     * All there is. Blocks.
     *
     * @throws IOException when it cannot be read; the damage is remembered
     */
    public GroupContent read() throws IOException {
        GroupContent.Collector found = new GroupContent.Collector();
        storage.each(Family.RAFT, keys.first(), keys.behindLast(), at -> {
            found.take(at.key(), at.value());
            return true;
        });
        GroupContent content = found.content();
        lastIndex = content.lastIndex();
        return content;
    }

    /**
     * A vote and entries that replace everything from the first one's index on; without entries the log stays.
     *
     * @param firstIndex of the first entry
     */
    public Submitted store(Order order, byte[] vote, long firstIndex, List<byte[]> entries) {
        List<Change> changes = new ArrayList<>();
        changes.add(put(keys.vote(), vote));
        if (!entries.isEmpty()) {
            if (firstIndex <= lastIndex) {
                changes.add(deleteEntries(firstIndex, Long.MAX_VALUE));
            }
            for (int i = 0; i < entries.size(); i++) {
                changes.add(put(keys.entry(firstIndex + i), entries.get(i)));
            }
            lastIndex = firstIndex + entries.size() - 1;
        }
        return submit(order, changes);
    }

    /**
     * Sections of the state and the mark up to where it is applied.
     *
     * @param sections whole new contents, by key
     */
    public Submitted apply(Order order, byte[] mark, SortedMap<Integer, byte[]> sections) {
        return submit(order, applied(mark, sections));
    }

    /** Another state in place of the present one, with an empty log. */
    public Submitted install(Order order, byte[] vote, byte[] mark, SortedMap<Integer, byte[]> sections) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.DeleteRange(Family.RAFT, keys.first(), keys.behindLast()));
        changes.add(put(keys.vote(), vote));
        changes.addAll(applied(mark, sections));
        lastIndex = 0;
        return submit(order, changes);
    }

    /** Forgets the log up to here. */
    public Submitted compact(Order order, long throughIndex) {
        return submit(order, List.of(deleteEntries(0, throughIndex + 1)));
    }

    /** Forgets everything: the group begins anew here. */
    public Submitted clear(Order order) {
        lastIndex = 0;
        return submit(order, List.of(new Change.DeleteRange(Family.RAFT, keys.first(), keys.behindLast())));
    }

    /** Whom to answer, with which number. */
    public record Order(long opId, CommitListener listener) {}

    private List<Change> applied(byte[] mark, SortedMap<Integer, byte[]> sections) {
        List<Change> changes = new ArrayList<>();
        sections.forEach((key, content) -> changes.add(put(keys.section(key), content)));
        changes.add(put(keys.mark(), mark));
        return changes;
    }

    private Change deleteEntries(long from, long to) {
        return new Change.DeleteRange(Family.RAFT, keys.entry(from), keys.entry(to));
    }

    private static Change put(byte[] key, byte[] value) {
        return new Change.Put(Family.RAFT, key, value);
    }

    private Submitted submit(Order order, List<Change> changes) {
        return storage.submitAnyway(
                new WriteOp(new Change.Together(changes), Durability.FSYNC, order.opId(), order.listener()));
    }
}
