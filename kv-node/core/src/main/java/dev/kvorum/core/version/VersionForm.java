package dev.kvorum.core.version;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.Arrays;

/**
 * The packed form of versions: sorted pairs in arrays, and their bytes.
 *
 * <p>On the wire: the number of actors, then for each, in unsigned order, its 8 bytes, its vector entry (0 when it has
 * none), the number of its single dots, and those as differences to the claim before. All but the actor are
 * variable-length.
 */
final class VersionForm {

    private static final int LEAST_BYTES_PER_ACTOR = Long.BYTES + 2;

    private VersionForm() {}

    static Version ofDot(Dot dot) {
        long[] one = {dot.actor(), dot.sequence()};
        return dot.sequence() == 1 ? new Version(one, Version.EMPTY.dots) : new Version(Version.EMPTY.vector, one);
    }

    /** Folds sorted dots into a sorted vector; takes over the arrays it is given. */
    static Version canonical(long[] vector, long[] dots) {
        if (dots.length == 0) {
            return new Version(vector, dots);
        }
        VersionBuilder builder = new VersionBuilder(vector.length + dots.length, dots.length);
        int entry = 0;
        int dot = 0;
        while (entry < vector.length || dot < dots.length) {
            boolean hasEntry = entryIsNext(vector, entry, dots, dot);
            long actor = hasEntry ? vector[entry] : dots[dot];
            builder.begin(actor, hasEntry ? vector[entry + 1] : 0);
            entry += hasEntry ? 2 : 0;
            int stop = endOfActor(dots, dot, actor);
            for (; dot < stop; dot += 2) {
                builder.add(dots[dot + 1]);
            }
            builder.end();
        }
        return builder.version();
    }

    /** Both, actor by actor, with the larger entry where both have one. */
    static long[] unionOfVectors(long[] left, long[] right) {
        return left.length == 0 ? right : right.length == 0 ? left : union(left, right, true);
    }

    static long[] unionOfDots(long[] left, long[] right) {
        return left.length == 0 ? right : right.length == 0 ? left : union(left, right, false);
    }

    private static long[] union(long[] left, long[] right, boolean byActorOnly) {
        long[] out = new long[left.length + right.length];
        int length = 0;
        int l = 0;
        int r = 0;
        while (l < left.length || r < right.length) {
            int order = l == left.length ? 1 : r == right.length ? -1 : compare(left, l, right, r, byActorOnly);
            out[length] = order <= 0 ? left[l] : right[r];
            out[length + 1] = order < 0 ? left[l + 1] : order > 0 ? right[r + 1] : Math.max(left[l + 1], right[r + 1]);
            length += 2;
            l += order <= 0 ? 2 : 0;
            r += order >= 0 ? 2 : 0;
        }
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    private static int compare(long[] left, int l, long[] right, int r, boolean byActorOnly) {
        int byActor = Long.compareUnsigned(left[l], right[r]);
        return byActor != 0 || byActorOnly ? byActor : Long.compare(left[l + 1], right[r + 1]);
    }

    /** The index of the first pair that is not below (actor, second); the length if there is none. */
    static int firstNotBelow(long[] pairs, long actor, long second) {
        int low = 0;
        int high = pairs.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBelow(pairs, 2 * middle, actor, second)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }

    static boolean isBelow(long[] pairs, int at, long actor, long second) {
        return pairs[at] == actor ? pairs[at + 1] < second : Long.compareUnsigned(pairs[at], actor) < 0;
    }

    static void write(Version version, WireWriter out) {
        long[] vector = version.vector;
        long[] dots = version.dots;
        out.putVar(actors(vector, dots));
        int entry = 0;
        int dot = 0;
        while (entry < vector.length || dot < dots.length) {
            boolean hasEntry = entryIsNext(vector, entry, dots, dot);
            long actor = hasEntry ? vector[entry] : dots[dot];
            long claimed = hasEntry ? vector[entry + 1] : 0;
            entry += hasEntry ? 2 : 0;
            int stop = endOfActor(dots, dot, actor);
            out.putLong(actor).putVar(claimed).putVar((stop - dot) / 2);
            for (; dot < stop; dot += 2) {
                out.putVar(dots[dot + 1] - claimed);
                claimed = dots[dot + 1];
            }
        }
    }

    static Version read(WireReader in) {
        int actors = in.getCount(LEAST_BYTES_PER_ACTOR);
        if (actors == 0) {
            return Version.EMPTY;
        }
        VersionBuilder builder = new VersionBuilder(2 * actors, 0);
        long previous = 0;
        for (int i = 0; i < actors; i++) {
            long actor = in.getLong();
            expect(i == 0 || Long.compareUnsigned(previous, actor) < 0, "actors out of order", in);
            readActor(actor, builder, in);
            previous = actor;
        }
        return builder.version();
    }

    private static void readActor(long actor, VersionBuilder builder, WireReader in) {
        long claimed = in.getVar();
        int singles = in.getCount(1);
        expect(claimed > 0 || (claimed == 0 && singles > 0), "an actor without a claim", in);
        builder.begin(actor, claimed);
        for (int i = 0; i < singles; i++) {
            long gap = in.getVar();
            expect(gap > (i == 0 ? 1 : 0), "a single dot that belongs to the vector", in);
            claimed += gap;
            expect(claimed > 0, "a sequence above 2^63", in);
            builder.add(claimed);
        }
        builder.end();
    }

    private static void expect(boolean holds, String what, WireReader in) {
        if (!holds) {
            throw new MalformedException("version with " + what + " before offset " + in.position());
        }
    }

    private static boolean entryIsNext(long[] vector, int entry, long[] dots, int dot) {
        return entry < vector.length && (dot == dots.length || Long.compareUnsigned(vector[entry], dots[dot]) <= 0);
    }

    private static int endOfActor(long[] dots, int from, long actor) {
        int stop = from;
        while (stop < dots.length && dots[stop] == actor) {
            stop += 2;
        }
        return stop;
    }

    private static int actors(long[] vector, long[] dots) {
        int count = vector.length / 2;
        int entry = 0;
        for (int dot = 0; dot < dots.length; dot = endOfActor(dots, dot, dots[dot])) {
            while (entry < vector.length && Long.compareUnsigned(vector[entry], dots[dot]) < 0) {
                entry += 2;
            }
            count += entry < vector.length && vector[entry] == dots[dot] ? 0 : 1;
        }
        return count;
    }
}
