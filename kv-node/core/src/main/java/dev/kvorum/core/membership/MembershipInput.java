package dev.kvorum.core.membership;

/** What can happen to the machine. */
public sealed interface MembershipInput {

    /** Time has passed; the shell sends one every {@link Membership#TICK_MS} or so. */
    record Tick() implements MembershipInput {}

    /**
     * A packet came in.
     *
     * @param source of a datagram: the address it came from, to which the answer goes. Of a stream: the remote address;
     *     answers go to the contact at the head of the packet
     */
    record Received(Transport transport, Contact source, MembershipPacket packet) implements MembershipInput {}

    /**
     * The node judges itself anew: disk, fsync, garbage collection, loop.
     *
     * @param score per cent, 100 is healthy; a lower one stretches this node's own probing and is told to the others
     */
    record ScoreChanged(int score) implements MembershipInput {
        public ScoreChanged {
            Vitals.requireScore(score);
        }
    }

    /** The node is reached elsewhere, or under another name, from now on. */
    record ProfileChanged(Profile profile) implements MembershipInput {}

    /**
     * The process ends on purpose. Ticks go on until {@link MembershipEffect.Left}, or as long as the shell can wait.
     */
    record Leave() implements MembershipInput {}
}
