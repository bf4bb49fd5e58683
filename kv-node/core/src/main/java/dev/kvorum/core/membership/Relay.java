package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;

/**
 * A ping that this node sent in another's place.
 *
 * @param origin who asked, and where the answer goes
 * @param sequence the origin's own number of its question
 * @param nackAtMs when the origin is told that we got no answer; {@link Long#MAX_VALUE} once it has been told
 * @param expiresAtMs when a late answer is not worth passing on any more
 */
record Relay(Seed origin, long sequence, NodeId target, long nackAtMs, long expiresAtMs) {

    Relay nacked() {
        return new Relay(origin, sequence, target, Long.MAX_VALUE, expiresAtMs);
    }
}
