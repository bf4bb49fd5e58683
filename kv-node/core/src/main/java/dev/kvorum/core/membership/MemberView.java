package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All members that one node knows at one instant, itself included, in the order of their ids. Immutable; shared
 * freely.
 */
public record MemberView(SortedMap<NodeId, Member> members) {

    public MemberView {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    public static MemberView empty() {
        return new MemberView(new TreeMap<>());
    }

    /** The member, or empty when this node has never heard of it. */
    public Optional<Member> member(NodeId id) {
        return Optional.ofNullable(members.get(id));
    }

    /** Whether the node is known and alive; a suspect is not. */
    public boolean isAlive(NodeId id) {
        return member(id).filter(member -> member.state() == MemberState.ALIVE).isPresent();
    }

    public int count(MemberState state) {
        return (int) members.values().stream()
                .filter(member -> member.state() == state)
                .count();
    }
}
