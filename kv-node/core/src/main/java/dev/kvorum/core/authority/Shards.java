package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Answer.LossAccepted;
import dev.kvorum.core.authority.Answer.Refused;
import dev.kvorum.core.authority.Command.BarrierPassed;
import dev.kvorum.core.authority.ShardState.Loss;
import dev.kvorum.core.ring.NodeId;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the table's rows when volumes come and go.
 *
 * <p>A replica that turned incomplete changes its rows: a new epoch, and a barrier that every member whose word can
 * still come must pass. A silent member blocks its own rows and no others, until it speaks or is declared lost.
 */
final class Shards {

    private final SortedSet<AuthorityFlaw> flaws;

    Shards(SortedSet<AuthorityFlaw> flaws) {
        this.flaws = flaws;
    }

    /** The node lives on a volume that holds nothing yet. */
    void rebuild(Draft draft, NodeId node) {
        boolean complete = flaws.contains(AuthorityFlaw.NEW_VOLUME_COUNTS_AS_COMPLETE);
        boolean sameEpoch = flaws.contains(AuthorityFlaw.NO_NEW_EPOCH_AT_NEW_VOLUME);
        for (ShardState shard : draft.shardsOf(node)) {
            ShardState without = complete ? shard : withIncomplete(draft, shard, node);
            draft.put(renewed(draft, without, sameEpoch ? shard.epoch() : draft.nextEpoch()));
        }
    }

    Answer lose(Draft draft, NodeId id, VolumeId volume) {
        NodeEntry node = draft.nodes.get(id);
        if (node == null) {
            return unknown(id);
        }
        if (node.former().contains(volume) || (node.state() == NodeState.LOST && node.isOn(volume))) {
            return draft.done();
        }
        if (!node.isOn(volume) || node.state() == NodeState.RETIRED) {
            return otherVolume(node, volume);
        }
        draft.put(node.with(NodeState.LOST));
        draft.removeVoter(id);
        boolean sameEpoch = flaws.contains(AuthorityFlaw.NO_NEW_EPOCH_AT_LOSS);
        boolean counts = flaws.contains(AuthorityFlaw.LOST_VOLUME_COUNTS);
        for (ShardState shard : draft.shardsOf(id)) {
            ShardState without = counts ? shard : withIncomplete(draft, shard, id);
            draft.put(renewed(draft, without, sameEpoch ? shard.epoch() : draft.nextEpoch()));
        }
        return draft.done();
    }

    /** A new barrier for every row: after a recovery nobody knows what the lost group had begun. */
    void renewAll(Draft draft) {
        for (ShardState shard : List.copyOf(draft.shards)) {
            draft.put(renewed(draft, shard, draft.nextEpoch()));
        }
    }

    Answer passed(Draft draft, BarrierPassed passed) {
        NodeEntry node = draft.nodes.get(passed.node());
        if (node == null) {
            return unknown(passed.node());
        }
        boolean counts = node.isOn(passed.volume()) && node.isCurrent();
        if (!counts && !flaws.contains(AuthorityFlaw.LOST_VOLUME_PASSES_BARRIERS)) {
            return otherVolume(node, passed.volume());
        }
        for (ShardEpoch reported : passed.shards()) {
            if (reported.shard() >= draft.shards.size()
                    || reported.epoch() > draft.shards.get(reported.shard()).epoch()) {
                return new Refused(
                        RefusalCode.BAD_REQUEST,
                        "shard " + reported.shard() + " has no entry of epoch " + reported.epoch()
                                + "; report what was applied");
            }
            pass(draft, draft.shards.get(reported.shard()), reported.epoch(), passed.node());
        }
        return draft.done();
    }

    private void pass(Draft draft, ShardState shard, long epoch, NodeId member) {
        if (epoch != shard.epoch() && !flaws.contains(AuthorityFlaw.OLD_REPORT_PASSES_BARRIER)) {
            return;
        }
        TreeSet<NodeId> awaited = new TreeSet<>(shard.awaited());
        awaited.remove(member);
        if (awaited.size() == 1 && flaws.contains(AuthorityFlaw.BARRIER_WITHOUT_SILENT_MEMBER)) {
            awaited.clear();
        }
        draft.put(shard.awaiting(awaited));
    }

    Answer accept(Draft draft, int number, long epoch) {
        if (number >= draft.shards.size()) {
            return new Refused(
                    RefusalCode.BAD_REQUEST,
                    "there is no shard " + number + "; they end at " + (draft.shards.size() - 1));
        }
        ShardState shard = draft.shards.get(number);
        boolean seen = shard.epoch() == epoch || flaws.contains(AuthorityFlaw.LATER_LOSS_ACCEPTED);
        if (!seen || shard.loss() == Loss.NONE) {
            return new Refused(
                    RefusalCode.STALE,
                    "shard " + number + " is at epoch " + shard.epoch() + " with loss "
                            + shard.loss().name().toLowerCase(Locale.ROOT) + ", not at " + epoch
                            + " with a possible one; look again");
        }
        draft.put(shard.with(Loss.ACCEPTED));
        return new LossAccepted(number, List.copyOf(shard.incomplete()));
    }

    Answer retire(Draft draft, NodeId id, VolumeId volume) {
        NodeEntry node = draft.nodes.get(id);
        if (node == null) {
            return unknown(id);
        }
        if (!node.isOn(volume)) {
            return otherVolume(node, volume);
        }
        if (node.state() == NodeState.RETIRED) {
            return draft.done();
        }
        String holds = held(draft, node);
        if (holds != null && !flaws.contains(AuthorityFlaw.OWNER_RETIRED)) {
            return new Refused(RefusalCode.NODE_OWNS_SHARDS, holds);
        }
        if (draft.voters.contains(id)) {
            return new Refused(
                    RefusalCode.NODE_VOTES,
                    "node " + node.node().name() + " votes in the authority; ask again when another was chosen");
        }
        draft.put(node.with(NodeState.RETIRED));
        draft.nextEpoch();
        return draft.done();
    }

    private static @Nullable String held(Draft draft, NodeEntry node) {
        List<ShardState> held = draft.shardsOf(node.id());
        return held.isEmpty()
                ? null
                : "node " + node.node().name() + " holds " + held.size() + " shards, the first is "
                        + held.getFirst().shard() + "; move them away first";
    }

    private static ShardState withIncomplete(Draft draft, ShardState shard, NodeId node) {
        if (shard.incomplete().contains(node)) {
            return shard;
        }
        ShardState without = shard.withIncomplete(node);
        int replicas = without.entry().replicas().size();
        int needed = replicas - Math.min(replicas, draft.weakestWrite) + 1;
        return without.complete() < needed ? without.with(Loss.POSSIBLE) : without;
    }

    private static ShardState renewed(Draft draft, ShardState shard, long epoch) {
        return shard.at(epoch).awaiting(draft.members(shard));
    }

    private static Answer unknown(NodeId node) {
        return new Refused(RefusalCode.NODE_UNKNOWN, "there is no node " + node + "; name one of the members");
    }

    private static Answer otherVolume(NodeEntry node, VolumeId volume) {
        String present = node.registered() == null
                ? "has not registered any"
                : "lives on volume " + node.registered().volume() + " and is "
                        + node.state().word();
        return new Refused(
                RefusalCode.VOLUME_UNKNOWN,
                "node " + node.node().name() + " " + present + "; volume " + volume + " does not count");
    }
}
