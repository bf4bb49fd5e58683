package dev.kvorum.sim.check;

import dev.kvorum.core.ring.Key;
import java.util.function.LongUnaryOperator;

/** Of a cluster in which W is 2 for ever and nobody accepts a loss. */
record FixedTerms(LongUnaryOperator lost) implements DotChecker.Terms {

    @Override
    public int write(Key key) {
        return 2;
    }

    @Override
    public int lostSince(long us) {
        return (int) lost.applyAsLong(us);
    }

    @Override
    public long excusedUntilUs(Key key) {
        return 0;
    }
}
