package dev.kvorum.core.membership;

import java.util.random.RandomGenerator;

/**
 * Numbers for questions; they begin at random, so that an answer to an earlier process is not taken for one to this.
 */
final class Sequences {

    private long last;

    Sequences(RandomGenerator random) {
        last = random.nextLong() >>> 16;
    }

    long next() {
        return ++last;
    }
}
