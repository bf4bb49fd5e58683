package dev.kvorum.server.admin;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.NodeState;
import dev.kvorum.core.authority.ShardState.Loss;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.server.door.AuthorityView;
import dev.kvorum.server.door.Reading;
import java.util.ArrayList;
import java.util.List;

/** The figures of the authority as one node sees it: who leads, how far the log is, and what it keeps count of. */
final class AuthorityReadings {

    private AuthorityReadings() {}

    static List<Reading> of(AuthorityView view) {
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of(
                "authority_leading", "1 where this node leads the authority.", view.role() == Role.LEADER ? 1 : 0));
        readings.add(Reading.of(
                "authority_leader_known",
                "1 where this node knows who leads the authority.",
                view.leader() == null ? 0 : 1));
        readings.add(Reading.of(
                "authority_voters",
                "How many nodes vote in the authority.",
                view.voters().size()));
        log(view, readings);
        nodes(view.state(), readings);
        shards(view.state(), readings);
        return readings;
    }

    private static void log(AuthorityView view, List<Reading> readings) {
        readings.add(
                Reading.of("authority_term", "The term of the authority's log: grows with elections.", view.term()));
        readings.add(Reading.of(
                "authority_committed_index", "The last agreed entry that this node knows of.", view.committed()));
        readings.add(Reading.of(
                "authority_applied_index", "The last entry that this node has applied and kept.", view.applied()));
        readings.add(Reading.of(
                "authority_lag_entries",
                "Agreed entries that this node has not applied and kept yet.",
                Math.max(0, view.committed() - view.applied())));
    }

    private static void nodes(AuthorityState state, List<Reading> readings) {
        for (NodeState each : NodeState.values()) {
            long count = state.nodes().values().stream()
                    .filter(node -> node.state() == each)
                    .count();
            readings.add(Reading.of(
                    "authority_nodes", "Nodes by how the authority stands to them.", "state", each.word(), count));
        }
    }

    private static void shards(AuthorityState state, List<Reading> readings) {
        String help = "Shards of which something is missing: their barrier, a complete replica, or perhaps writes.";
        long awaited =
                state.shards().stream().filter(shard -> !shard.isSettled()).count();
        long incomplete = state.shards().stream()
                .filter(shard -> !shard.incomplete().isEmpty())
                .count();
        long loss = state.shards().stream()
                .filter(shard -> shard.loss() == Loss.POSSIBLE)
                .count();
        readings.add(Reading.of("authority_shards", help, "missing", "barrier", awaited));
        readings.add(Reading.of("authority_shards", help, "missing", "replica", incomplete));
        readings.add(Reading.of("authority_shards", help, "missing", "writes", loss));
    }
}
