package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Answer.Refused;
import dev.kvorum.core.authority.Answer.Registered;
import dev.kvorum.core.ring.RingNode;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Who a starting process may be.
 *
 * <p>A volume counts its starts, and each start registers: one that is not above every registered one, or has synced
 * less than was registered, comes from an older copy. A node that lost its content comes back on a new volume, which
 * takes the old one's place only with a {@link Proof} that nobody lives on that any more.
 */
final class Registrations {

    private final SortedSet<AuthorityFlaw> flaws;
    private final Shards shards;

    Registrations(SortedSet<AuthorityFlaw> flaws, Shards shards) {
        this.flaws = flaws;
        this.shards = shards;
    }

    // ---- with the content it had

    Answer register(Draft draft, Start start) {
        Answer foreign = foreign(draft, start);
        if (foreign != null) {
            return foreign;
        }
        NodeEntry node = draft.nodes.get(start.node().id());
        if (node == null) {
            return join(draft, start);
        }
        return again(draft, node, start);
    }

    private Answer again(Draft draft, NodeEntry node, Start start) {
        Answer wrong = wrongVolume(draft, node, start);
        if (wrong == null) {
            wrong = wrongPlace(node, start);
        }
        return wrong != null ? wrong : begin(draft, node, start);
    }

    private @Nullable Answer foreign(Draft draft, Start start) {
        Charter charter = draft.charter;
        if (flaws.contains(AuthorityFlaw.FOREIGN_NODE_ACCEPTED)) {
            return null;
        }
        if (!start.clusterId().equals(charter.clusterId())) {
            return refuse(
                    RefusalCode.FOREIGN_CLUSTER,
                    named(start) + " belongs to cluster " + start.clusterId() + ", this is " + charter.clusterId()
                            + "; point it at its own cluster, or give it an empty volume");
        }
        if (start.generation() != Start.NO_GENERATION && start.generation() != charter.generation()) {
            return refuse(
                    RefusalCode.FOREIGN_GENERATION,
                    named(start) + " knows generation " + start.generation() + " of the cluster, this is generation "
                            + charter.generation() + "; it adopts the present state first");
        }
        if (start.featureLevel() < draft.featureLevel) {
            return refuse(
                    RefusalCode.BUILD_TOO_OLD,
                    named(start) + " knows feature level " + start.featureLevel() + ", the cluster is at "
                            + draft.featureLevel + "; use a newer build");
        }
        return null;
    }

    private Answer join(Draft draft, Start start) {
        NodeEntry namesake = draft.named(start.node().name());
        if (namesake != null) {
            return refuse(
                    RefusalCode.NAME_TAKEN,
                    "the name of " + named(start) + " belongs to node " + namesake.id()
                            + "; come back as that one on a new volume, or use another name");
        }
        Answer taken = taken(draft, start);
        if (taken != null) {
            return taken;
        }
        if (draft.nodes.size() >= AuthorityState.MOST_NODES) {
            return refuse(
                    RefusalCode.BAD_REQUEST,
                    "there were " + AuthorityState.MOST_NODES + " nodes already; a cluster knows no more");
        }
        draft.nextEpoch();
        VolumeStart volume = start.volume();
        draft.put(new NodeEntry(
                start.node(), NodeState.ACTIVE, volume, volume.volume(), start.featureLevel(), List.of()));
        return registered(draft, start);
    }

    private @Nullable Answer taken(Draft draft, Start start) {
        NodeEntry holder = draft.holderOf(start.volume().volume());
        return holder == null
                ? null
                : refuse(
                        RefusalCode.VOLUME_TAKEN,
                        "volume " + start.volume().volume() + " belongs to node " + holder.id() + "; give "
                                + named(start) + " an empty one");
    }

    private @Nullable Answer wrongVolume(Draft draft, NodeEntry node, Start start) {
        VolumeStart last = node.registered();
        if (node.state() == NodeState.RETIRED) {
            return refuse(RefusalCode.NODE_RETIRED, named(start) + " was retired; give it an empty volume");
        }
        boolean gone = node.former().contains(start.volume().volume())
                || (node.state() == NodeState.LOST && node.isOn(start.volume().volume()));
        if (gone) {
            return givenUp(start);
        }
        if (last == null) {
            return taken(draft, start);
        }
        if (!node.isOn(start.volume().volume())) {
            return refuse(
                    RefusalCode.IDENTITY_TAKEN,
                    named(start) + " lives on volume " + last.volume() + ", not on "
                            + start.volume().volume()
                            + "; declare that one lost, or come back on a new volume with proof");
        }
        return last.isSameProcess(start.volume()) ? null : copied(last, start);
    }

    private @Nullable Answer givenUp(Start start) {
        return flaws.contains(AuthorityFlaw.LOST_VOLUME_RETURNS)
                ? null
                : refuse(
                        RefusalCode.VOLUME_LOST,
                        "volume " + start.volume().volume() + " of " + named(start)
                                + " was given up, what it holds is void; start with an empty one");
    }

    private @Nullable Answer copied(VolumeStart last, Start start) {
        VolumeStart now = start.volume();
        if (now.boot() < last.boot() && !flaws.contains(AuthorityFlaw.OLD_COPY_ACCEPTED)) {
            return refuse(
                    RefusalCode.OLD_COPY,
                    named(start) + " counts start " + now.boot() + " of volume " + now.volume() + ", start "
                            + last.boot() + " is registered: this is an older copy; it needs a new volume id");
        }
        if (now.syncedCommit() < last.syncedCommit() && !flaws.contains(AuthorityFlaw.SYNCED_COMMIT_NOT_COMPARED)) {
            return refuse(
                    RefusalCode.OLD_COPY,
                    named(start) + " has synced commit " + now.syncedCommit() + ", commit " + last.syncedCommit()
                            + " was synced before: this is an older copy; it needs a new volume id");
        }
        if (now.boot() == last.boot() && !flaws.contains(AuthorityFlaw.NONCE_NOT_COMPARED)) {
            return refuse(
                    RefusalCode.IDENTITY_TAKEN,
                    named(start) + " counts start " + now.boot() + " of volume " + now.volume()
                            + ", and another process has registered that one: one of the two is a copy");
        }
        return null;
    }

    private static @Nullable Answer wrongPlace(NodeEntry node, Start start) {
        RingNode known = node.node();
        boolean same = known.name().equals(start.node().name())
                && known.zone().equals(start.node().zone());
        return same
                ? null
                : refuse(
                        RefusalCode.PLACE_DIFFERS,
                        "node " + known.id() + " is " + known.name() + " in " + known.zone() + ", not "
                                + start.node().name() + " in " + start.node().zone()
                                + "; give it back its name and zone");
    }

    private Answer begin(Draft draft, NodeEntry node, Start start) {
        boolean kept = !flaws.contains(AuthorityFlaw.BOOT_NOT_REGISTERED) || node.registered() == null;
        NodeEntry begun = kept ? node.started(start.volume(), start.featureLevel()) : node;
        boolean first = begun.state() == NodeState.EXPECTED || begun.state() == NodeState.LOST;
        draft.put(first ? begun.with(NodeState.ACTIVE) : begun);
        move(draft, start.node());
        return registered(draft, start);
    }

    /** Its weight is for the operator to say; where it is reached, for itself. */
    private static void move(Draft draft, RingNode place) {
        NodeEntry node = draft.node(place.id());
        RingNode known = node.node();
        RingNode moved =
                new RingNode(known.id(), known.name(), known.zone(), known.weight(), place.host(), place.ports());
        if (!moved.equals(known)) {
            draft.put(node.at(moved));
            draft.nextEpoch();
        }
    }

    private static Answer registered(Draft draft, Start start) {
        NodeEntry node = draft.node(start.node().id());
        return new Registered(node.id(), start.volume().volume(), node.state(), draft.epoch);
    }

    // ---- without it

    Answer newVolume(Draft draft, Start asked, Proof proof) {
        Answer foreign = foreign(draft, asked);
        if (foreign != null) {
            return foreign;
        }
        NodeEntry byId = draft.nodes.get(asked.node().id());
        NodeEntry node = byId != null ? byId : draft.named(asked.node().name());
        if (node == null) {
            return refuse(
                    RefusalCode.NODE_UNKNOWN,
                    "no node has the id or the name of " + named(asked) + "; register it as new");
        }
        Start start = as(node, asked);
        if (node.isOn(start.volume().volume())) {
            return again(draft, node, start);
        }
        Answer wrong = wrongClaim(draft, node, start, proof);
        return wrong != null ? wrong : beginAnew(draft, node, start);
    }

    private @Nullable Answer wrongClaim(Draft draft, NodeEntry node, Start start, Proof proof) {
        if (node.state() == NodeState.RETIRED) {
            return refuse(RefusalCode.NODE_RETIRED, named(start) + " was retired; register a node of another id");
        }
        Answer wrong = node.former().contains(start.volume().volume()) ? givenUp(start) : taken(draft, start);
        if (wrong == null) {
            wrong = wrongPlace(node, start);
        }
        if (wrong == null && !proves(node, start, proof)) {
            wrong = refuse(
                    RefusalCode.IDENTITY_TAKEN,
                    named(start)
                            + " lives on another volume, and nothing shows that it is gone; declare it lost if it is");
        }
        return wrong;
    }

    private boolean proves(NodeEntry node, Start start, Proof proof) {
        VolumeStart last = node.registered();
        if (last == null || node.state() == NodeState.LOST || flaws.contains(AuthorityFlaw.IDENTITY_WITHOUT_PROOF)) {
            return true;
        }
        return switch (proof) {
            case Proof.None() -> false;
            case Proof.Counter(VolumeId former, long boot) -> last.volume().equals(former) && boot > last.boot();
            case Proof.Place(VolumeStart against) ->
                (last.isSameProcess(against) || flaws.contains(AuthorityFlaw.OLD_PROOF_HOLDS))
                        && node.node().host().equals(start.node().host())
                        && node.node().ports().equals(start.node().ports());
        };
    }

    private Answer beginAnew(Draft draft, NodeEntry node, Start start) {
        boolean rebuilds = !draft.shardsOf(node.id()).isEmpty();
        NodeEntry begun = node.withoutVolume()
                .started(start.volume(), start.featureLevel())
                .with(rebuilds ? NodeState.PENDING : NodeState.ACTIVE);
        draft.put(begun);
        if (!flaws.contains(AuthorityFlaw.WIPED_VOTER_STAYS)) {
            draft.removeVoter(node.id());
        }
        shards.rebuild(draft, node.id());
        move(draft, start.node());
        return registered(draft, start);
    }

    /** What was asked, under the id by which the node is known. */
    private static Start as(NodeEntry node, Start asked) {
        RingNode place = asked.node();
        return new Start(
                asked.clusterId(),
                asked.generation(),
                new RingNode(node.id(), place.name(), place.zone(), place.weight(), place.host(), place.ports()),
                asked.volume(),
                asked.featureLevel());
    }

    private static String named(Start start) {
        return "node " + start.node().name() + " (" + start.node().id().shortName() + ")";
    }

    private static Answer refuse(RefusalCode code, String detail) {
        return new Refused(code, detail);
    }
}
