package dev.kvorum.core.authority;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.RingNode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whom to ask by turns while nobody is known to lead. */
final class Contacts {

    private final NodeId self;
    private final @Nullable Bootstrap document;
    private int next;

    Contacts(NodeId self, @Nullable Bootstrap document) {
        this.self = self;
        this.document = document;
    }

    /** Null when nobody is known at all. */
    @Nullable
    NodeId next(AuthorityState state, SortedSet<NodeId> alive) {
        TreeSet<NodeId> known = new TreeSet<>(alive);
        if (document != null) {
            document.nodes().stream().map(RingNode::id).forEach(known::add);
        }
        state.nodes().values().stream()
                .filter(NodeEntry::isCurrent)
                .map(NodeEntry::id)
                .forEach(known::add);
        known.remove(self);
        List<NodeId> contacts = List.copyOf(known);
        return contacts.isEmpty() ? null : contacts.get(Math.floorMod(next++, contacts.size()));
    }
}
