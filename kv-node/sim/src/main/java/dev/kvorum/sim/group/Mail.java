package dev.kvorum.sim.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What comes to nodes: it may be held back for a while, and may come once more, long after it was sent. */
final class Mail {

    private static final int MOST_KEPT = 64;

    private final GroupWorld world;
    private final boolean replays;
    private final TreeMap<Integer, List<byte[]>> held = new TreeMap<>();
    private final TreeMap<Integer, ArrayDeque<byte[]>> kept = new TreeMap<>();

    Mail(GroupWorld world, boolean replays) {
        this.world = world;
        this.replays = replays;
    }

    void arrive(int to, byte[] bytes) {
        if (replays) {
            keep(to, bytes);
        }
        List<byte[]> waiting = held.get(to);
        if (waiting == null) {
            world.nodes().get(to).receive(bytes);
        } else {
            waiting.add(bytes);
        }
    }

    private void keep(int to, byte[] bytes) {
        ArrayDeque<byte[]> packets = kept.computeIfAbsent(to, ignored -> new ArrayDeque<>());
        if (packets.size() == MOST_KEPT) {
            packets.removeFirst();
        }
        packets.addLast(bytes);
    }

    /** Nothing comes through until it is released. */
    void hold(int to) {
        held.putIfAbsent(to, new ArrayList<>());
    }

    /** All that was held back comes at once, in order. */
    void release(int to) {
        List<byte[]> waiting = held.remove(to);
        if (waiting != null) {
            waiting.forEach(bytes -> world.nodes().get(to).receive(bytes));
        }
    }

    void releaseAll() {
        List.copyOf(held.keySet()).forEach(this::release);
    }

    void onLeader(int node) {
        if (replays) {
            world.schedule().after(0, () -> replay(node));
        }
    }

    /** What came before comes again. */
    void replay(int to) {
        for (byte[] bytes : List.copyOf(kept.getOrDefault(to, new ArrayDeque<>()))) {
            world.nodes().get(to).receive(bytes);
        }
    }
}
