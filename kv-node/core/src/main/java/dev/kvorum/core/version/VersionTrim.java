package dev.kvorum.core.version;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Shortens a context that has grown too long. Forgetting a claim is always safe: the next write keeps a sibling that it
 * could have replaced.
 */
final class VersionTrim {

    private VersionTrim() {}

    /**
     * Without its {@code count} oldest claims: single dots first, those with most newer ones of the same actor before
     * others (so the newest of each actor, such as the client's last write, go last), then the lowest vector entries.
     */
    static Version withoutOldest(Version version, int count) {
        int droppedDots = Math.min(count, version.dotCount());
        int droppedEntries = Math.min(count - droppedDots, version.vectorSize());
        long[] dots = version.dots;
        long[] vector = version.vector;
        int[] newer = newerOfSameActor(dots);
        Comparator<Integer> oldestDot = Comparator.comparingInt((Integer i) -> -newer[i])
                .thenComparingLong(i -> dots[2 * i + 1])
                .thenComparingInt(i -> i);
        Comparator<Integer> lowestEntry =
                Comparator.comparingLong((Integer i) -> vector[2 * i + 1]).thenComparingInt(i -> i);
        return new Version(without(vector, lowestEntry, droppedEntries), without(dots, oldestDot, droppedDots));
    }

    private static int[] newerOfSameActor(long[] dots) {
        int[] newer = new int[dots.length / 2];
        for (int i = newer.length - 2; i >= 0; i--) {
            newer[i] = dots[2 * i] == dots[2 * i + 2] ? newer[i + 1] + 1 : 0;
        }
        return newer;
    }

    private static long[] without(long[] pairs, Comparator<Integer> firstToGo, int count) {
        int[] kept = IntStream.range(0, pairs.length / 2)
                .boxed()
                .sorted(firstToGo)
                .skip(count)
                .mapToInt(i -> i)
                .sorted()
                .toArray();
        return Arrays.stream(kept)
                .mapToObj(i -> LongStream.of(pairs[2 * i], pairs[2 * i + 1]))
                .flatMapToLong(pair -> pair)
                .toArray();
    }
}
