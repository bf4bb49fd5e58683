package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A node of the simulated world: the machine while its process runs, and what the checks remember of it. */
final class SimNode {

    static final Ports PORTS = new Ports(8080, 6379, 7600, 7601, 9600);
    private static final long NOTICED_MS = 500;
    private static final long NEVER = Long.MIN_VALUE / 2;

    final int number;
    final NodeId id;
    final String cluster;

    String host;
    int life;
    int clock;

    @Nullable
    Membership machine;

    /** It left or crashed, and the scenario does not bring it back. */
    boolean gone;

    long downSinceMs = NEVER;
    /** How late its overloaded loop looks at what has arrived, at most. */
    long mostLagMs;

    boolean paused;
    long pausedUntilMs = NEVER;
    long pausedSinceMs = NEVER;
    long resumedMs = NEVER;

    /** How long its process stood still so far, in pauses long enough to be noticed. */
    long pausedTotalMs;

    final ArrayDeque<World.Arrival> buffered = new ArrayDeque<>();

    final TreeMap<NodeId, Long> incarnationSeen = new TreeMap<>();
    final TreeMap<NodeId, Member> held = new TreeMap<>();

    /** On the clock of this node's running time. */
    final TreeMap<NodeId, Long> suspectSinceMs = new TreeMap<>();

    final TreeMap<NodeId, TreeSet<NodeId>> accusers = new TreeMap<>();
    final TreeMap<NodeId, Long> probeStartedMs = new TreeMap<>();

    long packets;
    long bytes;

    SimNode(int number, String cluster) {
        this.number = number;
        this.cluster = cluster;
        id = new NodeId(number * 0x9E3779B97F4A7C15L, number, number);
        host = "host-" + number;
    }

    boolean isUp() {
        return machine != null;
    }

    void onPaused(long nowMs, long untilMs) {
        paused = true;
        pausedSinceMs = nowMs;
        pausedUntilMs = untilMs;
    }

    Profile profile() {
        return new Profile("node-" + number, "zone-" + number % 3, host, PORTS);
    }

    Membership start(MembershipConfig config, World world) {
        life++;
        paused = false;
        buffered.clear();
        forget();
        machine = new Membership(
                config, new LocalNode(cluster, id, profile()), world.seeds(), world.machineRandom(number, life));
        return machine;
    }

    MemberView view() {
        return machine == null ? MemberView.empty() : machine.view();
    }

    void stop(long nowMs) {
        machine = null;
        downSinceMs = nowMs;
        buffered.clear();
    }

    void onResumed(long nowMs) {
        paused = false;
        resumedMs = nowMs;
        long pausedMs = nowMs - pausedSinceMs;
        if (pausedMs > NOTICED_MS) {
            pausedTotalMs += pausedMs;
        }
    }

    private void forget() {
        incarnationSeen.clear();
        held.clear();
        suspectSinceMs.clear();
        accusers.clear();
        probeStartedMs.clear();
    }

    @Override
    public String toString() {
        return "node-" + number;
    }
}
