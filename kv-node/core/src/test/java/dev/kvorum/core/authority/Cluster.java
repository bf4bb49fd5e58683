package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Command.Found;
import dev.kvorum.core.authority.Command.Register;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.RingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A log by hand: commands in, answers out, one node after the other by number. */
final class Cluster {

    static final String ID = "c-1";

    final Rules rules;
    final int nodes;
    AuthorityState state = AuthorityState.EMPTY;
    private long index;
    private long lastId;

    Cluster(int nodes, Set<AuthorityFlaw> flaws) {
        this.rules = Rules.withFlaws(flaws);
        this.nodes = nodes;
    }

    /** Founded, every node registered on volume 100 + its number, start 1. */
    static Cluster running(int nodes) {
        Cluster cluster = new Cluster(nodes, new TreeSet<>());
        cluster.apply(new Found(document(nodes)));
        for (int node = 0; node < nodes; node++) {
            cluster.apply(new Register(start(node, 100 + node, 1)));
        }
        return cluster;
    }

    Answer apply(Command command) {
        return apply(0, command);
    }

    Answer apply(long session, Command command) {
        return apply(new Submission(new CommandId(7, ++lastId), index, session, command));
    }

    Answer apply(Submission submission) {
        Rules.Applied applied = rules.apply(state, ++index, submission);
        state = applied.state();
        return applied.answer();
    }

    RefusalCode refusal(Command command) {
        return ((Answer.Refused) apply(command)).code();
    }

    /** Where the ring of the present state has the node. */
    RingNode placeOf(int node) {
        return Objects.requireNonNull(state.ring().node(id(node)));
    }

    long index() {
        return index;
    }

    static NodeId id(int node) {
        return new NodeId(node + 1, 0, 0);
    }

    static VolumeId volume(int volume) {
        return new VolumeId(volume, 1);
    }

    static RingNode place(int node) {
        int base = 10_000 + 10 * node;
        return new RingNode(
                id(node),
                "n-" + node,
                "zone-" + (char) ('a' + node % 3),
                1,
                "host-" + node,
                new Ports(base, base + 1, base + 2, base + 3, base + 4));
    }

    static Start start(int node, int volume, long boot) {
        return start(node, volume, boot, boot * 31);
    }

    static Start start(int node, int volume, long boot, long nonce) {
        return new Start(ID, 1, place(node), new VolumeStart(volume(volume), boot, nonce, 10 * boot), 1);
    }

    static Bootstrap document(int nodes) {
        List<RingNode> places = new ArrayList<>();
        List<NodeId> voters = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            places.add(place(node));
            if (node < (nodes >= 5 ? 5 : nodes >= 3 ? 3 : 1)) {
                voters.add(id(node));
            }
        }
        return new Bootstrap(
                ID,
                1,
                8,
                Math.min(3, nodes),
                Level.QUORUM,
                Level.QUORUM,
                Bootstrap.Durability.FSYNC,
                places,
                voters,
                List.of(BucketSettings.named("default")));
    }
}
