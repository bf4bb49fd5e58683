package dev.kvorum.core.version;

import dev.kvorum.core.step.Invariants;

/**
 * One write event: the {@code sequence}-th dot that {@code actor} issued. An actor is a random 64-bit number that lives
 * as long as the memory that counts its sequences, so that no dot is ever given twice.
 *
 * @param actor who issued the dot; any 64 bits, ordered as an unsigned number
 * @param sequence from 1 upwards, per actor, not per key
 */
public record Dot(long actor, long sequence) implements Comparable<Dot> {

    public Dot {
        Invariants.check(sequence >= 1, "sequence %d of actor %x is below 1", sequence, actor);
    }

    @Override
    public int compareTo(Dot other) {
        int byActor = Long.compareUnsigned(actor, other.actor);
        return byActor != 0 ? byActor : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Long.toHexString(actor) + ":" + sequence;
    }
}
