package dev.kvorum.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which nodes lost what their disks had not synced, and when. */
public final class Losses {

    private record Loss(long atUs, int node) {}

    private final Schedule schedule;
    private final List<Loss> losses = new ArrayList<>();

    Losses(Schedule schedule) {
        this.schedule = schedule;
    }

    void onPowerLost(int node) {
        losses.add(new Loss(schedule.nowUs(), node));
    }

    /** How many different nodes lost something at or after the instant. */
    public int nodesSince(long atUs) {
        TreeSet<Integer> nodes = new TreeSet<>();
        for (Loss loss : losses) {
            if (loss.atUs() >= atUs) {
                nodes.add(loss.node());
            }
        }
        return nodes.size();
    }
}
