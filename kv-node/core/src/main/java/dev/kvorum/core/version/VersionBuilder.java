package dev.kvorum.core.version;

import java.util.Arrays;

/** Collects claims actor by actor, in unsigned order, and folds dots into the vector as they come. */
final class VersionBuilder {

    private long[] vector;
    private long[] dots;
    private int vectorLength;
    private int dotsLength;
    private long actor;
    private long claimed;

    VersionBuilder(int vectorCapacity, int dotsCapacity) {
        vector = new long[vectorCapacity];
        dots = dotsCapacity == 0 ? Version.EMPTY.dots : new long[dotsCapacity];
    }

    /** Starts the next actor, whose dots up to {@code upTo} (0 for none) are claimed. */
    void begin(long nextActor, long upTo) {
        actor = nextActor;
        claimed = upTo;
    }

    /** Adds a dot of the actor begun; the sequences of one actor come in ascending order. */
    void add(long sequence) {
        if (sequence == claimed + 1) {
            claimed = sequence;
        } else if (sequence > claimed) {
            if (dotsLength == dots.length) {
                dots = Arrays.copyOf(dots, Math.max(8, 2 * dotsLength));
            }
            dots[dotsLength] = actor;
            dots[dotsLength + 1] = sequence;
            dotsLength += 2;
        }
    }

    void end() {
        if (claimed == 0) {
            return;
        }
        if (vectorLength == vector.length) {
            vector = Arrays.copyOf(vector, Math.max(8, 2 * vectorLength));
        }
        vector[vectorLength] = actor;
        vector[vectorLength + 1] = claimed;
        vectorLength += 2;
    }

    Version version() {
        return vectorLength == 0 && dotsLength == 0
                ? Version.EMPTY
                : new Version(trimmed(vector, vectorLength), trimmed(dots, dotsLength));
    }

    private static long[] trimmed(long[] array, int length) {
        return length == array.length ? array : length == 0 ? Version.EMPTY.dots : Arrays.copyOf(array, length);
    }
}
