package dev.kvorum.core.version;

import dev.kvorum.core.step.Invariants;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.Arrays;

/**
 * A set of dots: the causal stamp of an object, and the context that a client hands back.
 *
 * <p>A vector entry {@code actor → n} claims every dot of that actor on this key up to n; on top of it stand single
 * dots. The form is canonical: a single dot that the vector covers, or that follows it without a gap, is part of the
 * vector. So two versions are equal exactly if they claim the same dots, and {@link #merge} is plain set union.
 *
 * <p>A single dot must not become a claim about its predecessors: sequences are counted per actor, not per key, so the
 * dots before it may belong to values on this key that its holder never saw. Only {@link #advance} claims them.
 *
 * <p>Immutable; each operation that changes nothing returns an existing instance.
 */
public final class Version {

    /** Claims nothing. */
    public static final Version EMPTY = new Version(new long[0], new long[0]);

    /** Pairs (actor, n), sorted by unsigned actor, n ≥ 1. */
    final long[] vector;

    /** Pairs (actor, sequence), sorted as {@link Dot}, none covered by the vector or adjoining it. */
    final long[] dots;

    Version(long[] vector, long[] dots) {
        this.vector = vector;
        this.dots = dots;
    }

    public boolean isEmpty() {
        return vector.length == 0 && dots.length == 0;
    }

    /** The number of actors with a vector entry. */
    public int vectorSize() {
        return vector.length / 2;
    }

    /** The number of single dots beyond the vector. */
    public int dotCount() {
        return dots.length / 2;
    }

    public boolean covers(Dot dot) {
        return covers(dot.actor(), dot.sequence());
    }

    /** Whether everything that {@code other} claims is claimed here too. */
    public boolean covers(Version other) {
        return coversVector(other.vector) && coversDots(other.dots);
    }

    /** The highest sequence of the actor that is claimed here, by the vector or by a single dot; 0 when none is. */
    public long highest(long actor) {
        int last = VersionForm.firstNotBelow(dots, actor, Long.MAX_VALUE);
        if (last == dots.length || dots[last] != actor) {
            last -= 2;
        }
        return last >= 0 && dots[last] == actor ? dots[last + 1] : vectorEntry(actor);
    }

    /**
     * The least version that covers both. Vector entries of a context are claims of object versions on this key and
     * stay claims; its single dots stay single unless they adjoin the merged vector or are covered by it.
     */
    public Version merge(Version other) {
        if (covers(other)) {
            return this;
        }
        if (other.covers(this)) {
            return other;
        }
        return VersionForm.canonical(
                VersionForm.unionOfVectors(vector, other.vector), VersionForm.unionOfDots(dots, other.dots));
    }

    /**
     * Claims every dot of the issuing actor on this key up to the new one. Only for the actor that issues the dot, on
     * the state that it has just read: no other dot of its own on this key can exist beyond what stands here.
     */
    public Version advance(Dot ownDot) {
        Invariants.check(highest(ownDot.actor()) < ownDot.sequence(), "%s does not advance %s", ownDot, this);
        long[] one = {ownDot.actor(), ownDot.sequence()};
        return VersionForm.canonical(VersionForm.unionOfVectors(vector, one), dots);
    }

    /** Adds one dot and claims nothing about its predecessors. */
    public Version withDot(Dot dot) {
        return covers(dot) ? this : merge(VersionForm.ofDot(dot));
    }

    /** Appends the canonical form; versions that are equal have equal bytes. */
    public void write(WireWriter out) {
        VersionForm.write(this, out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws dev.kvorum.core.wire.MalformedException if the bytes end early or are not in canonical form
     */
    public static Version read(WireReader in) {
        return VersionForm.read(in);
    }

    boolean covers(long actor, long sequence) {
        return sequence <= vectorEntry(actor) || hasDot(actor, sequence);
    }

    long vectorEntry(long actor) {
        int entry = VersionForm.firstNotBelow(vector, actor, 0);
        return entry < vector.length && vector[entry] == actor ? vector[entry + 1] : 0;
    }

    private boolean hasDot(long actor, long sequence) {
        int dot = VersionForm.firstNotBelow(dots, actor, sequence);
        return dot < dots.length && dots[dot] == actor && dots[dot + 1] == sequence;
    }

    /** Both are sorted; a run of single dots can never stand in for a vector entry, it would have been folded. */
    private boolean coversVector(long[] other) {
        int here = 0;
        for (int i = 0; i < other.length; i += 2) {
            while (here < vector.length && Long.compareUnsigned(vector[here], other[i]) < 0) {
                here += 2;
            }
            if (here == vector.length || vector[here] != other[i] || vector[here + 1] < other[i + 1]) {
                return false;
            }
        }
        return true;
    }

    /** One walk over all three: a client may send a context of thousands of dots. */
    private boolean coversDots(long[] other) {
        int entry = 0;
        int dot = 0;
        for (int i = 0; i < other.length; i += 2) {
            while (entry < vector.length && Long.compareUnsigned(vector[entry], other[i]) < 0) {
                entry += 2;
            }
            while (dot < dots.length && VersionForm.isBelow(dots, dot, other[i], other[i + 1])) {
                dot += 2;
            }
            boolean inVector = entry < vector.length && vector[entry] == other[i] && vector[entry + 1] >= other[i + 1];
            boolean inDots = dot < dots.length && dots[dot] == other[i] && dots[dot + 1] == other[i + 1];
            if (!inVector && !inDots) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Version version
                        && Arrays.equals(vector, version.vector)
                        && Arrays.equals(dots, version.dots));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(vector) + Arrays.hashCode(dots);
    }

    /** Such as {@code [a1→7 b2→3 +b2:9]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < vector.length; i += 2) {
            text.append(text.length() > 1 ? " " : "").append(Long.toHexString(vector[i]));
            text.append('→').append(vector[i + 1]);
        }
        for (int i = 0; i < dots.length; i += 2) {
            text.append(text.length() > 1 ? " +" : "+").append(Long.toHexString(dots[i]));
            text.append(':').append(dots[i + 1]);
        }
        return text.append(']').toString();
    }
}
