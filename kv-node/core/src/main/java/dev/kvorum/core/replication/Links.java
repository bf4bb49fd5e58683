package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationMessage.Probe;
import dev.kvorum.core.replication.ReplicationMessage.ProbeAnswer;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.RingNode;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which nodes this loop reckons with: alive for the membership, with an open link that answers, and complete enough.
 *
 * <p>Membership takes seconds to suspect; a closed link or {@link #SILENT_MS} of unanswered frames is noticed here much
 * sooner, and only moves requests elsewhere.
 */
final class Links {

    /** How long a peer may leave frames unanswered before requests go elsewhere. */
    static final int SILENT_MS = 500;

    private static final int PROBE_EVERY_MS = 100;

    /** A tick later than this says that this loop itself stood still: silence meanwhile proves nothing. */
    private static final int OWN_PAUSE_MS = 250;

    private static final class Peer {
        boolean open;
        boolean silent;
        Standing standing = Standing.STARTING;
        Pace pace = Pace.WARMING_UP;
        long waitingSinceMs = -1;
    }

    private final Surroundings here;
    private final TreeMap<NodeId, Peer> peers = new TreeMap<>();
    private TreeSet<NodeId> alive = new TreeSet<>();
    private long lastProbeMs = Long.MIN_VALUE / 2;
    private long lastTickMs = Long.MIN_VALUE / 2;
    private Pace toldPace = Pace.WARMING_UP;
    private boolean changed;

    Links(Surroundings here) {
        this.here = here;
    }

    void onAlive(SortedSet<NodeId> members) {
        alive = new TreeSet<>(members);
        changed = true;
    }

    void onRingChanged() {
        changed = true;
    }

    void onOpened(NodeId node) {
        changed = true;
        Peer peer = peer(node);
        peer.open = true;
        peer.silent = false;
        peer.waitingSinceMs = -1;
        // Whatever was said over a former link may be lost, and the peer may be another process by now.
        peer.standing = Standing.STARTING;
        peer.pace = Pace.WARMING_UP;
        probe(node, peer);
    }

    void onClosed(NodeId node) {
        changed = true;
        Peer peer = peer(node);
        peer.open = false;
        peer.standing = Standing.STARTING;
    }

    void onHeard(NodeId node) {
        Peer peer = peer(node);
        peer.waitingSinceMs = -1;
        changed |= peer.silent;
        peer.silent = false;
    }

    void onProbe(NodeId from, Probe probe) {
        become(peer(from), probe.standing(), probe.pace());
        here.send(from, new ProbeAnswer(probe.id(), here.standing(), here.pace()));
    }

    void onProbeAnswer(NodeId from, ProbeAnswer answer) {
        become(peer(from), answer.standing(), answer.pace());
    }

    private void become(Peer peer, Standing standing, Pace pace) {
        changed |= peer.standing != standing || peer.pace != pace;
        peer.standing = standing;
        peer.pace = pace;
    }

    void onTick() {
        long nowMs = here.nowMs();
        if (nowMs - lastTickMs > OWN_PAUSE_MS) {
            peers.values().forEach(peer -> peer.waitingSinceMs = -1);
        }
        lastTickMs = nowMs;
        if (nowMs - lastProbeMs >= PROBE_EVERY_MS) {
            lastProbeMs = nowMs;
            probeAll();
        }
        for (Peer peer : peers.values()) {
            if (!peer.silent && peer.waitingSinceMs >= 0 && nowMs - peer.waitingSinceMs >= SILENT_MS) {
                peer.silent = true;
                changed = true;
            }
        }
    }

    /** Tells every peer of another pace before anything else that this step may send. */
    void tellPace() {
        if (here.pace() != toldPace) {
            toldPace = here.pace();
            probeAll();
        }
    }

    /** Tells every peer at once what this node's standing and pace are. */
    void probeAll() {
        for (var entry : peers.entrySet()) {
            if (entry.getValue().open) {
                probe(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Whether {@link #view} may differ from what it was when it was asked for last. */
    boolean hasChanged() {
        return changed;
    }

    LiveView view() {
        changed = false;
        return new LiveView(
                those(this::isLive),
                those(node -> isLive(node) && peer(node).pace == Pace.STEADY),
                those(node -> isLive(node) && here.votes(peer(node).standing)),
                those(this::isOpen),
                those(node -> isOpen(node) && here.votes(peer(node).standing)));
    }

    private SortedSet<NodeId> those(Predicate<NodeId> chosen) {
        TreeSet<NodeId> those = new TreeSet<>();
        if (here.hasRing()) {
            for (RingNode node : here.ring().nodes()) {
                if (chosen.test(node.id())) {
                    those.add(node.id());
                }
            }
        }
        return those;
    }

    private boolean isLive(NodeId node) {
        return isOpen(node) && !peer(node).silent && alive.contains(node);
    }

    private boolean isOpen(NodeId node) {
        Peer peer = peer(node);
        return peer.open && (here.votes(peer.standing) || peer.standing == Standing.MERGING);
    }

    private void probe(NodeId node, Peer peer) {
        if (peer.waitingSinceMs < 0) {
            peer.waitingSinceMs = here.nowMs();
        }
        here.send(node, new Probe(here.nextId(), here.standing(), here.pace()));
    }

    private Peer peer(NodeId node) {
        return peers.computeIfAbsent(node, unknown -> new Peer());
    }
}
