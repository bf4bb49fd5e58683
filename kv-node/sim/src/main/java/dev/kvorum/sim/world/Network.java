package dev.kvorum.sim.world;

/**
 * What carries packets between nodes: how long it takes, what gets lost, and which ways are cut. A cut is one-way and
 * counted, so that overlapping partitions heal one by one.
 */
public final class Network {

    private static final int RETRANSMIT_LEAST_US = 200_000;
    private static final int RETRANSMIT_MOST_US = 1_200_000;

    private final NetworkSettings settings;
    private final Dice dice;
    private final int[][] cuts;
    private boolean calm;

    public Network(NetworkSettings settings, int nodes, Dice dice) {
        this.settings = settings;
        this.dice = dice;
        this.cuts = new int[nodes][nodes];
    }

    /** Cuts the way from one node to another, once more. */
    public void cut(int from, int to) {
        cuts[from][to]++;
    }

    /** Takes one cut back. */
    public void heal(int from, int to) {
        cuts[from][to]--;
    }

    public boolean isOpen(int from, int to) {
        return cuts[from][to] == 0;
    }

    public boolean isOpenBothWays(int one, int other) {
        return isOpen(one, other) && isOpen(other, one);
    }

    /** From now on nothing is lost, late or doubled; what is cut stays cut. */
    public void becomeCalm() {
        calm = true;
    }

    public boolean losesDatagram() {
        return !calm && dice.chance(settings.lossPerMille());
    }

    public boolean doubles() {
        return !calm && dice.chance(settings.doublePerMille());
    }

    public long delayUs() {
        long usual = dice.between((long) settings.leastUs(), settings.mostUs());
        return !calm && dice.chance(settings.latePerMille())
                ? usual + dice.between(0L, settings.lateMostMs() * 1_000L)
                : usual;
    }

    /** On a link what gets lost is sent again, and everything behind it waits. */
    long streamDelayUs() {
        return !calm && dice.chance(settings.lossPerMille())
                ? delayUs() + dice.between((long) RETRANSMIT_LEAST_US, RETRANSMIT_MOST_US)
                : delayUs();
    }
}
