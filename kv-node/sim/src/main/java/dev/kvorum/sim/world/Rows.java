package dev.kvorum.sim.world;

import java.util.Arrays;

/**
 * What one node goes by, of all that was decided. It outlives the node's processes, but not its volume.
 */
public final class Rows {

    private final Node node;
    private final World world;
    private final long[] settled;
    private Decided current;
    private long said;

    Rows(Node node, World world) {
        this.node = node;
        this.world = world;
        this.settled = new long[world.settings().loops()];
        this.current = world.founded();
    }

    public Decided current() {
        return current;
    }

    /** The process begins: its loops have begun nothing yet. */
    void onBegin() {
        if (node.has(ShellFlaw.STALE_RING_AFTER_RESTART)) {
            current = world.founded();
        }
        Arrays.fill(settled, 0);
        said = 0;
    }

    /** A newer decision reached this node. */
    public void adopt(Decided newer) {
        if (node.isServing()) {
            node.run(node.life(), () -> take(newer));
        }
    }

    private void take(Decided newer) {
        if (newer.number() <= current.number()) {
            return;
        }
        world.tell(node, () -> "adopts " + newer.number() + ": " + newer.ring() + " " + newer.shortfalls());
        current = newer;
        node.tell(newer.told());
    }

    /** The node lives on a new volume, which knows nothing older than that it does. */
    void begin(Decided registered) {
        if (!node.has(ShellFlaw.NEW_VOLUME_UNDER_OLD_ROWS)) {
            current = registered;
        }
    }

    void onRingBehind(int ahead) {
        if (node.has(ShellFlaw.RING_BEHIND_IGNORED)) {
            return;
        }
        Node source = world.nodes().get(ahead);
        node.later(2 * world.network().delayUs(), () -> {
            if (world.network().isOpenBothWays(node.index(), ahead)) {
                adopt(source.decided());
            }
        });
    }

    /** The node is settled at the oldest epoch at which one of its loops is. */
    void onSettled(int loop, long epoch) {
        settled[loop] = epoch;
        long all = Arrays.stream(settled).min().orElse(0);
        if (all > said) {
            said = all;
            world.tell(node, () -> "is settled at epoch " + all);
            world.witness().onSettled(node, all);
        }
    }
}
