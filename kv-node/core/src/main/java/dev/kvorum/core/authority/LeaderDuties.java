package dev.kvorum.core.authority;

import dev.kvorum.core.authority.AuthorityInput.ConfigurationChanged;
import dev.kvorum.core.authority.Command.ChooseVoters;
import dev.kvorum.core.authority.Command.Found;
import dev.kvorum.core.authority.Waiting.Purpose;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the leader does by itself: found the cluster, choose voters, bring the log's configuration to that choice. */
final class LeaderDuties {

    private final @Nullable Bootstrap document;

    /** A command that is due. */
    record Due(Purpose purpose, Command command) {}

    /** @param document that this node accepted; null when it joined later */
    LeaderDuties(@Nullable Bootstrap document) {
        this.document = document;
    }

    /**
     * What should be decided next; null when nothing should.
     *
     * @param answering nodes that answer, the leader among them
     */
    @Nullable
    Due due(AuthorityState state, @Nullable ConfigurationChanged log, SortedSet<NodeId> answering) {
        if (!state.isFounded()) {
            return document == null ? null : new Due(Purpose.FOUNDING, new Found(document));
        }
        if (log == null) {
            return null;
        }
        TreeSet<NodeId> inLog = new TreeSet<>();
        log.voters().forEach(seat -> inLog.add(seat.node()));
        List<NodeId> chosen = VoterChoice.of(state, answering, inLog);
        return chosen.isEmpty() || chosen.equals(state.voters())
                ? null
                : new Due(Purpose.VOTERS, new ChooseVoters(state.voters(), chosen));
    }

    /** What the log's configuration should become; null when it is that, or nobody was chosen yet. */
    @Nullable
    LogMembers members(AuthorityState state, @Nullable ConfigurationChanged log) {
        List<NodeId> others = new ArrayList<>();
        for (NodeEntry node : state.nodes().values()) {
            if (node.isCurrent() && !state.voters().contains(node.id())) {
                others.add(node.id());
            }
        }
        SortedSet<Seat> voters = state.seats(state.voters());
        SortedSet<Seat> learners = state.seats(others);
        boolean there = log == null || (voters.equals(log.voters()) && learners.equals(log.learners()));
        return there || voters.isEmpty() ? null : new LogMembers(voters, learners);
    }
}
