package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.RingNode;

/**
 * A node of the bootstrap document: asked at start, and again from time to time as long as it is not among the
 * living.
 */
public record Seed(NodeId id, Contact contact) {

    public static Seed of(RingNode node) {
        return new Seed(node.id(), Profile.of(node).contact());
    }
}
