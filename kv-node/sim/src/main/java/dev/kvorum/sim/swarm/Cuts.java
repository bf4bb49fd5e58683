package dev.kvorum.sim.swarm;

import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Node;
import dev.kvorum.sim.world.World;
import java.util.ArrayList;
import java.util.List;

/** Cuts ways between nodes for a while. */
final class Cuts {

    private record Way(int from, int to) {}

    private final World world;
    private final Dice dice;
    private final List<Way> cut = new ArrayList<>();
    private boolean stopped;

    Cuts(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    void split() {
        boolean[] side = sides();
        forAWhile(between(side, -1), 15_000);
    }

    void bridge() {
        forAWhile(between(sides(), dice.below(world.nodes().size())), 15_000);
    }

    void zone(String zone) {
        boolean[] side = new boolean[world.nodes().size()];
        for (Node node : world.nodes()) {
            side[node.index()] = node.zone().equals(zone);
        }
        forAWhile(between(side, -1), 15_000);
    }

    /** The node is not heard, or does not hear. */
    void oneWay(Node node) {
        List<Way> ways = new ArrayList<>();
        boolean deaf = dice.chance(500);
        for (int other = 0; other < world.nodes().size(); other++) {
            if (other != node.index() && dice.chance(700)) {
                ways.add(deaf ? new Way(other, node.index()) : new Way(node.index(), other));
            }
        }
        forAWhile(ways, 10_000);
    }

    void clog(Node node) {
        int other = dice.below(world.nodes().size());
        forAWhile(List.of(new Way(node.index(), other), new Way(other, node.index())), dice.of(100, 600, 3_000));
    }

    void flap(Node node) {
        int other = dice.below(world.nodes().size());
        List<Way> ways = List.of(new Way(node.index(), other), new Way(other, node.index()));
        for (int times = dice.between(2, 8), atMs = 0; times > 0; times--) {
            world.schedule().after(atMs * 1_000L, () -> forAWhile(ways, 700));
            atMs += 1_000;
        }
    }

    private boolean[] sides() {
        boolean[] side = new boolean[world.nodes().size()];
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
            world.network().cut(way.from(), way.to());
            cut.add(way);
        }
        world.schedule().after(dice.between(10L, mostMs) * 1_000, () -> ways.forEach(this::heal));
    }

    private void heal(Way way) {
        if (cut.remove(way)) {
            world.network().heal(way.from(), way.to());
        }
    }

    void healAll() {
        stopped = true;
        List.copyOf(cut).forEach(this::heal);
    }
}
