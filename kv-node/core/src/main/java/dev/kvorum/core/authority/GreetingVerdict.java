package dev.kvorum.core.authority;

/** What one side of a link makes of the other's greeting. */
public sealed interface GreetingVerdict {

    /** They may talk. */
    record Welcome() implements GreetingVerdict {}

    /** They may talk; the other side has adopted a later ring, and is judged once more when this one has, too. */
    record Behind() implements GreetingVerdict {}

    /** The group that this node belongs to was given up: it acts no more before it has adopted the new one's state. */
    record Superseded(long generation) implements GreetingVerdict {}

    /** They must not talk; the detail is for both sides' logs. */
    record Refused(RefusalCode code, String detail) implements GreetingVerdict {}

    /**
     * The other side has seen this volume further than it is: what was synced is gone, so this node gives up its vote,
     * its volume id and what it holds.
     */
    record OwnAmnesia(String detail) implements GreetingVerdict {}
}
