package dev.kvorum.core.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Nodes that come, go, are replaced and change weight at random, never fewer than asked for. */
final class RandomFleet {

    private final SplittableRandom random;
    private final int mostNodes;
    private final int zones;
    private final int heaviest;
    private final List<RingNode> nodes = new ArrayList<>();
    private int next;

    RandomFleet(SplittableRandom random, int mostNodes, int mostZones) {
        this.random = random;
        this.mostNodes = mostNodes;
        this.zones = 1 + random.nextInt(mostZones);
        this.heaviest = random.nextBoolean() ? 1 : 5;
        int size = 1 + random.nextInt(mostNodes);
        for (int i = 0; i < size; i++) {
            add("zone-" + random.nextInt(zones));
        }
    }

    List<RingNode> nodes() {
        return List.copyOf(nodes);
    }

    int size() {
        return nodes.size();
    }

    /** One to three changes that leave at least {@code least} nodes. */
    void change(int least) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(nodes.size());
            switch (random.nextInt(4)) {
                case 0 -> grow();
                case 1 -> shrink(least, at);
                case 2 -> add(nodes.remove(at).zone());
                case 3 -> reweigh(at);
                default -> throw new AssertionError();
            }
        }
    }

    private void grow() {
        if (nodes.size() < mostNodes) {
            add("zone-" + random.nextInt(zones));
        }
    }

    private void shrink(int least, int at) {
        if (nodes.size() > least) {
            nodes.remove(at);
        }
    }

    private void reweigh(int at) {
        RingNode old = nodes.get(at);
        int weight = 1 + random.nextInt(heaviest);
        nodes.set(at, new RingNode(old.id(), old.name(), old.zone(), weight, old.host(), old.ports()));
    }

    private void add(String zone) {
        nodes.add(Fleet.node(next++, zone, 1 + random.nextInt(heaviest)));
    }
}
