package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.Seat;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.node.AuthorityGroup;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Which volumes can be lost so that a majority stays, whichever configuration is in force. */
final class Spares {

    private final AuthorityWorld world;

    Spares(AuthorityWorld world) {
        this.world = world;
    }

    boolean canSpare(AuthorityNode node) {
        ReplicaId own = node.volume().replica();
        for (Configuration known : configurations()) {
            long left = known.voters().stream()
                    .filter(id -> !id.equals(own) && isHere(id))
                    .count();
            boolean isNext = known.learners().contains(own); // its promotion may be on its way
            int majority = isNext ? (known.voters().size() + 1) / 2 + 1 : known.majority();
            if ((isNext || known.isVoter(own)) && left < majority) {
                return false;
            }
        }
        return true;
    }

    /** Whether any configuration that anybody knows gives the replica a vote. */
    boolean isVoter(ReplicaId id) {
        return configurations().stream().anyMatch(known -> known.isVoter(id));
    }

    private List<Configuration> configurations() {
        List<Configuration> known = new ArrayList<>(List.of(decided()));
        for (AuthorityNode node : world.nodes()) {
            known.addAll(node.volume().configurations());
            AuthorityGroup group = node.group();
            if (group != null) {
                known.add(group.log().configuration());
            }
        }
        return known;
    }

    /** Where the steps on their way lead: a voter of the log's may have been voted out already. */
    private Configuration decided() {
        AuthorityState latest = world.checker().latest();
        List<ReplicaId> voters = new ArrayList<>();
        for (NodeId id : latest.voters()) {
            NodeEntry entry = latest.node(id);
            VolumeId seat = entry == null ? null : entry.seat();
            if (seat != null) {
                voters.add(AuthorityGroup.replica(new Seat(id, seat)));
            }
        }
        return Configuration.ofVoters(voters);
    }

    private boolean isHere(ReplicaId id) {
        return world.nodes().stream()
                .anyMatch(node -> !node.isAway()
                        && !world.checker().isGivenUp(node.volume().id)
                        && !(node.volume().damage instanceof Damage.SyncedLost)
                        && node.volume().replica().equals(id));
    }
}
