package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The news that still have to be told: at most one rumour per member, the least told and then the newest first, each
 * told a bounded number of times.
 */
final class GossipQueue {

    private record Entry(Rumour rumour, int sizeBytes, int told, long serial) {
        Entry toldAgain() {
            return new Entry(rumour, sizeBytes, told + 1, serial);
        }
    }

    private final TreeMap<NodeId, Entry> bySubject = new TreeMap<>();
    private final TreeSet<Entry> order = new TreeSet<>(Comparator.comparingInt(Entry::told)
            .thenComparing(Comparator.comparingLong(Entry::serial).reversed()));
    private long nextSerial;

    boolean isEmpty() {
        return order.isEmpty();
    }

    boolean tellsOf(NodeId subject) {
        return bySubject.containsKey(subject);
    }

    /** Replaces whatever was to be told of the same member. */
    void add(Rumour rumour) {
        remove(rumour.subject());
        put(new Entry(rumour, MembershipCodec.sizeBytes(rumour), 0, nextSerial++));
    }

    void remove(NodeId subject) {
        Entry entry = bySubject.remove(subject);
        if (entry != null) {
            order.remove(entry);
        }
    }

    /**
     * The rumours that fit into so many bytes; each counts as told once more, and is dropped after {@code mostTimes}.
     *
     * @param receiver a member that is not told of itself, although that counts as told: else the last two nodes would
     *     never be done
     */
    List<Rumour> take(int budgetBytes, int mostTimes, NodeId receiver) {
        List<Entry> taken = new ArrayList<>();
        int left = budgetBytes;
        for (Entry entry : order) {
            if (entry.sizeBytes <= left) {
                taken.add(entry);
                left -= entry.sizeBytes;
            }
        }
        taken.forEach(entry -> retell(entry, mostTimes));
        return taken.stream()
                .map(Entry::rumour)
                .filter(rumour -> !rumour.subject().equals(receiver))
                .toList();
    }

    private void retell(Entry entry, int mostTimes) {
        remove(entry.rumour.subject());
        if (entry.told + 1 < mostTimes) {
            put(entry.toldAgain());
        }
    }

    private void put(Entry entry) {
        bySubject.put(entry.rumour.subject(), entry);
        order.add(entry);
    }
}
