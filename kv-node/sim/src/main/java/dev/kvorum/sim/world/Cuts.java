package dev.kvorum.sim.world;

import java.util.ArrayList;
import java.util.List;

/** Cuts ways between nodes for a while. */
public final class Cuts {

    private record Way(int from, int to) {}

    private final Network network;
    private final Schedule schedule;
    private final int nodes;
    private final Dice dice;
    private final List<Way> cut = new ArrayList<>();
    private boolean stopped;

    public Cuts(Network network, Schedule schedule, int nodes, Dice dice) {
        this.network = network;
        this.schedule = schedule;
        this.nodes = nodes;
        this.dice = dice;
    }

    public void split() {
        boolean[] side = sides();
        forAWhile(between(side, -1), 15_000);
    }

    public void bridge() {
        forAWhile(between(sides(), dice.below(nodes)), 15_000);
    }

    /** These nodes and all others do not hear each other. */
    public void apart(boolean[] side) {
        forAWhile(between(side, -1), 15_000);
    }

    /** The node is not heard, or does not hear. */
    public void oneWay(int node) {
        List<Way> ways = new ArrayList<>();
        boolean deaf = dice.chance(500);
        for (int other = 0; other < nodes; other++) {
            if (other != node && dice.chance(700)) {
                ways.add(deaf ? new Way(other, node) : new Way(node, other));
            }
        }
        forAWhile(ways, 10_000);
    }

    public void clog(int node) {
        int other = dice.below(nodes);
        forAWhile(List.of(new Way(node, other), new Way(other, node)), dice.of(100, 600, 3_000));
    }

    public void flap(int node) {
        int other = dice.below(nodes);
        List<Way> ways = List.of(new Way(node, other), new Way(other, node));
        for (int times = dice.between(2, 8), atMs = 0; times > 0; times--) {
            schedule.after(atMs * 1_000L, () -> forAWhile(ways, 700));
            atMs += 1_000;
        }
    }

    private boolean[] sides() {
        boolean[] side = new boolean[nodes];
        for (int i = 0; i < side.length; i++) {
            side[i] = dice.chance(500);
        }
        return side;
    }

    private static List<Way> between(boolean[] side, int bridge) {
        List<Way> ways = new ArrayList<>();
        for (int from = 0; from < side.length; from++) {
            for (int to = 0; to < side.length; to++) {
                if (side[from] != side[to] && from != bridge && to != bridge) {
                    ways.add(new Way(from, to));
                }
            }
        }
        return ways;
    }

    private void forAWhile(List<Way> ways, int mostMs) {
        if (stopped) {
            return;
        }
        for (Way way : ways) {
            network.cut(way.from(), way.to());
            cut.add(way);
        }
        schedule.after(dice.between(10L, mostMs) * 1_000, () -> ways.forEach(this::heal));
    }

    private void heal(Way way) {
        if (cut.remove(way)) {
            network.heal(way.from(), way.to());
        }
    }

    public void healAll() {
        stopped = true;
        List.copyOf(cut).forEach(this::heal);
    }
}
