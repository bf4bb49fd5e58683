package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;

/** The question that this node has in flight: directly at first, then through others. */
final class Probe {

    final NodeId target;
    final long incarnation;
    final long sequence;
    final long directUntilMs;

    boolean acked;
    boolean othersAsked;

    private final List<NodeId> relays = new ArrayList<>();
    private final List<NodeId> silentRelays = new ArrayList<>();

    Probe(Peer target, long sequence, long directUntilMs) {
        this.target = target.id;
        incarnation = target.vitals.incarnation();
        this.sequence = sequence;
        this.directUntilMs = directUntilMs;
    }

    void ask(NodeId relay) {
        relays.add(relay);
        silentRelays.add(relay);
    }

    void hearNack(NodeId relay) {
        silentRelays.remove(relay);
    }

    /** Whether the node may speak for the target: it is the target, or we asked it to try. */
    boolean trusts(NodeId from) {
        return from.equals(target) || relays.contains(from);
    }

    int relays() {
        return relays.size();
    }

    int missingNacks() {
        return silentRelays.size();
    }
}
