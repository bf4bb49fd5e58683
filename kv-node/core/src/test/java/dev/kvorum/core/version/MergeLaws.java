package dev.kvorum.core.version;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a triple of objects on which a merge breaks a law. The model of an object is two sets: the dots claimed
 * and, among them, the dots dead; a merge must be the union of both.
 */
final class MergeLaws {

    /** Objects to draw triples from; building three for each triple would take most of the time. */
    private static final int POOL = 16_384;

    private final BinaryOperator<KvObject> merge;

    MergeLaws(BinaryOperator<KvObject> merge) {
        this.merge = merge;
    }

    /** What the first bad triple is and does, or null if all are good. */
    @Nullable
    String firstViolation(long seed, int triples) {
        SplittableRandom random = new SplittableRandom(seed);
        Sample[] pool = new Sample[POOL];
        Arrays.setAll(pool, i -> Sample.next(random));
        for (int i = 0; i < triples; i++) {
            Sample a = pool[random.nextInt(POOL)];
            Sample b = pool[random.nextInt(POOL)];
            Sample c = pool[random.nextInt(POOL)];
            String violation = violation(a, b, c);
            if (violation != null) {
                return "seed %d, triple %d: %s of %s, %s, %s".formatted(seed, i, violation, a, b, c);
            }
        }
        return null;
    }

    private @Nullable String violation(Sample a, Sample b, Sample c) {
        KvObject ab = merge.apply(a.object, b.object);
        KvObject ba = merge.apply(b.object, a.object);
        if (!ab.equals(a.union(b))) {
            return "merge is not the union of claims and deaths";
        }
        if (!ab.equals(ba) || ab.digest() != ba.digest()) {
            return "merge is not commutative";
        }
        if (!merge.apply(ab, c.object).equals(merge.apply(a.object, merge.apply(b.object, c.object)))) {
            return "merge is not associative";
        }
        if (!merge.apply(ab, b.object).equals(ab)
                || !merge.apply(a.object, a.object).equals(a.object)) {
            return "merge is not idempotent";
        }
        return null;
    }

    /** An object and its model. */
    private record Sample(KvObject object, int claimed, int alive) {

        static Sample next(SplittableRandom random) {
            int claimed = Samples.mask(random);
            int alive = claimed & random.nextInt() & random.nextInt();
            return new Sample(Samples.object(claimed, alive), claimed, alive);
        }

        KvObject union(Sample other) {
            int dead = (claimed & ~alive) | (other.claimed & ~other.alive);
            int all = claimed | other.claimed;
            return Samples.object(all, all & ~dead);
        }
    }
}
