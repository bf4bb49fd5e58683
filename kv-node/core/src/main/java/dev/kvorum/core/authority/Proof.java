package dev.kvorum.core.authority;

/** Why a node may come back on a new volume although nobody declared the one before lost. */
public sealed interface Proof {

    /** There is none: enough only where the former volume is lost already, or none ever registered. */
    record None() implements Proof {}

    /**
     * The node holds the former volume itself, and found it damaged: its count of starts is above every registered one,
     * which can be read nowhere else.
     */
    record Counter(VolumeId former, long boot) implements Proof {}

    /**
     * The leader asked at the address under which the former volume registered, and the new one's process answered: two
     * processes cannot hold one address.
     *
     * @param against the start that was registered when the leader asked
     */
    record Place(VolumeStart against) implements Proof {}
}
