package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.Send;
import dev.kvorum.core.membership.MembershipInput.Received;
import dev.kvorum.core.membership.MembershipInput.Tick;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Many machines on virtual time, over a network that loses, doubles, delays and cuts. Two sources of randomness: one
 * for the machines, one for the network; a third belongs to whoever plans the faults.
 */
final class World {

    static final String CLUSTER = "cluster-1";
    private static final int MOST_BUFFERED = 300;

    /** What waits for its time. */
    sealed interface Event {}

    /** A node's next tick, unless it was restarted or woken since. */
    record TickDue(SimNode node, int clock) implements Event {}

    /** A packet reaches an address. */
    record Arrival(SimNode from, String host, Transport transport, Contact source, MembershipPacket packet)
            implements Event {}

    /** Something that the scenario does to the world. */
    record Act(Runnable what) implements Event {}

    private record Timed(long atMs, long serial, Event event) {}

    final List<SimNode> nodes = new ArrayList<>();
    private final TreeMap<NodeId, SimNode> byId = new TreeMap<>();
    final Checks checks;
    long nowMs = 1_000_000;

    int lossPerMille;
    int duplicationPerMille;
    int slowPerMille;
    int slowestMs;
    boolean throughTheCodec;
    boolean bufferBeforeTick;

    private final long seed;
    private final MembershipConfig config;
    private final SplittableRandom network;
    private final PriorityQueue<Timed> queue =
            new PriorityQueue<>(Comparator.comparingLong(Timed::atMs).thenComparingLong(Timed::serial));
    private final TreeMap<String, SimNode> byHost = new TreeMap<>();
    private final boolean[][] cut;
    private long serial;

    World(long seed, MembershipConfig config, int size) {
        this.seed = seed;
        this.config = config;
        network = new SplittableRandom(seed ^ 0x5DEECE66DL);
        checks = new Checks(this, config);
        cut = new boolean[size + 2][size + 2];
        for (int number = 1; number <= size; number++) {
            add(new SimNode(number, CLUSTER));
        }
    }

    /** A node of another cluster that was given our addresses. */
    SimNode addForeigner() {
        SimNode foreigner = new SimNode(nodes.size() + 1, "cluster-2");
        add(foreigner);
        return foreigner;
    }

    private void add(SimNode node) {
        nodes.add(node);
        byId.put(node.id, node);
        byHost.put(node.host, node);
    }

    SimNode node(NodeId id) {
        return Objects.requireNonNull(byId.get(id), "a node that nobody made");
    }

    List<Seed> seeds() {
        List<Seed> seeds = new ArrayList<>();
        for (SimNode node : nodes) {
            if (node.cluster.equals(CLUSTER)) {
                seeds.add(new Seed(node.id, new Contact("host-" + node.number, SimNode.PORTS.membership())));
            }
        }
        return seeds;
    }

    SplittableRandom machineRandom(int number, int life) {
        return new SplittableRandom(seed * 1_000_003 + number * 1_009L + life);
    }

    List<SimNode> live() {
        return nodes.stream()
                .filter(node -> node.isUp() && node.cluster.equals(CLUSTER))
                .toList();
    }

    void at(long atMs, Runnable what) {
        schedule(atMs, new Act(what));
    }

    void start(SimNode node) {
        node.start(config, this);
        schedule(nowMs + network.nextInt(Membership.TICK_MS), new TickDue(node, ++node.clock));
    }

    void stop(SimNode node) {
        node.stop(nowMs);
    }

    /** The node's old address leads nowhere any more, or to whoever takes it. */
    void move(SimNode node, String host) {
        byHost.remove(node.host, node);
        node.host = host;
        byHost.put(host, node);
    }

    void pause(SimNode node, long forMs) {
        node.onPaused(nowMs, nowMs + forMs);
        int life = node.life;
        at(node.pausedUntilMs, () -> resume(node, life));
    }

    /** Ends a pause before its time. */
    void wake(SimNode node) {
        node.pausedUntilMs = nowMs;
        resume(node, node.life);
        schedule(nowMs, new TickDue(node, ++node.clock));
    }

    private void resume(SimNode node, int life) {
        if (node.life != life || !node.paused || nowMs < node.pausedUntilMs) {
            return;
        }
        node.onResumed(nowMs);
        if (bufferBeforeTick) {
            drain(node);
            return;
        }
        at(nowMs + 1, () -> drain(node));
    }

    private void drain(SimNode node) {
        while (!node.buffered.isEmpty() && node.isUp() && !node.paused) {
            arrive(node.buffered.poll());
        }
    }

    void cut(SimNode from, SimNode to) {
        cut[from.number][to.number] = true;
    }

    void healLinks() {
        for (boolean[] row : cut) {
            Arrays.fill(row, false);
        }
    }

    void calm() {
        healLinks();
        lossPerMille = 0;
        duplicationPerMille = 0;
        slowPerMille = 0;
    }

    void input(SimNode node, MembershipInput input) {
        Membership machine = node.machine;
        if (machine == null) {
            return;
        }
        machine.step(nowMs, input, effect -> {
            checks.onEffect(node, effect);
            if (effect instanceof Send send) {
                send(node, send);
            }
        });
    }

    void runUntil(long untilMs) {
        while (true) {
            Timed next = queue.peek();
            if (next == null || next.atMs > untilMs) {
                nowMs = Math.max(nowMs, untilMs);
                return;
            }
            queue.poll();
            nowMs = next.atMs;
            run(next.event);
        }
    }

    private void run(Event event) {
        switch (event) {
            case TickDue(SimNode node, int clock) -> tick(node, clock);
            case Arrival arrival -> arrive(arrival);
            case Act(Runnable what) -> what.run();
        }
    }

    private void tick(SimNode node, int clock) {
        if (!node.isUp() || node.clock != clock) {
            return;
        }
        if (node.paused) {
            schedule(node.pausedUntilMs, new TickDue(node, clock));
            return;
        }
        input(node, new Tick());
        schedule(nowMs + Membership.TICK_MS, new TickDue(node, clock));
    }

    private void send(SimNode from, Send send) {
        byte[] bytes = MembershipCodec.encode(send.packet());
        checks.onSend(from, send, bytes);
        MembershipPacket packet = throughTheCodec ? MembershipCodec.decode(bytes) : send.packet();
        Contact source = new Contact(from.host, SimNode.PORTS.membership());
        Arrival arrival = new Arrival(from, send.contact().host(), send.transport(), source, packet);
        SimNode to = byHost.get(send.contact().host());
        long lagMs = to == null || to.mostLagMs == 0 ? 0 : network.nextLong(to.mostLagMs);
        if (send.transport() == Transport.TCP) {
            schedule(nowMs + delayMs() + delayMs() + lagMs, arrival);
            return;
        }
        if (network.nextInt(1_000) >= lossPerMille) {
            schedule(nowMs + delayMs() + lagMs, arrival);
        }
        if (network.nextInt(1_000) < duplicationPerMille) {
            schedule(nowMs + delayMs() + lagMs, arrival);
        }
    }

    private long delayMs() {
        return network.nextInt(1_000) < slowPerMille ? network.nextInt(slowestMs) : network.nextInt(4);
    }

    private void arrive(Arrival arrival) {
        SimNode to = byHost.get(arrival.host);
        if (to == null || !to.isUp() || isCut(arrival, to)) {
            return;
        }
        if (to.paused) {
            if (arrival.transport == Transport.TCP || to.buffered.size() < MOST_BUFFERED) {
                to.buffered.add(arrival);
            }
            return;
        }
        input(to, new Received(arrival.transport, arrival.source, arrival.packet));
    }

    private boolean isCut(Arrival arrival, SimNode to) {
        int from = arrival.from.number;
        return cut[from][to.number] || (arrival.transport == Transport.TCP && cut[to.number][from]);
    }

    private void schedule(long atMs, Event event) {
        queue.add(new Timed(atMs, serial++, event));
    }
}
