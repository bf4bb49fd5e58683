package dev.kvorum.sim.world;

import java.util.List;
import java.util.SplittableRandom;

/** One source of luck, for one concern. */
public final class Dice {

    private final SplittableRandom random;

    public Dice(SplittableRandom random) {
        this.random = random;
    }

    /** An independent source; how much is drawn from it does not change what this one gives. */
    public Dice split() {
        return new Dice(random.split());
    }

    /** A source for a machine. */
    public SplittableRandom splitSource() {
        return random.split();
    }

    public long any() {
        return random.nextLong();
    }

    /** 0 to {@code bound}−1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Between the two, both included. */
    public long between(long least, long most) {
        return least >= most ? least : random.nextLong(least, most + 1);
    }

    /** Between the two, both included. */
    public int between(int least, int most) {
        return (int) between((long) least, (long) most);
    }

    public boolean chance(int perMille) {
        return perMille > 0 && random.nextInt(1_000) < perMille;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of the numbers. */
    public int of(int... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
