package dev.kvorum.core.replication;

/**
 * The shards of one event loop: all with {@code shard % loops == loop}.
 *
 * @param loop 0..loops−1
 * @param loops how many loops the node has, at least 1
 */
public record LoopShare(int loop, int loops) {

    /** The only loop of a node that has one. */
    public static final LoopShare WHOLE = new LoopShare(0, 1);

    public LoopShare {
        if (loops < 1 || loop < 0 || loop >= loops) {
            throw new IllegalArgumentException("loop " + loop + " of " + loops);
        }
    }

    public boolean owns(int shard) {
        return shard % loops == loop;
    }
}
