package dev.kvorum.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.ConfigurationChange;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MemberStepsTest {

    private static ReplicaId id(int node) {
        return new ReplicaId(new NodeId(0, 0, node), 0, 1);
    }

    private static SortedSet<ReplicaId> ids(int... nodes) {
        return new TreeSet<>(Arrays.stream(nodes).mapToObj(MemberStepsTest::id).toList());
    }

    private static List<ConfigurationChange> steps(
            Configuration now, SortedSet<ReplicaId> to, SortedSet<ReplicaId> learn) {
        List<ConfigurationChange> steps = new ArrayList<>();
        Configuration after = now;
        for (var step = MemberSteps.next(after, to, learn); step != null; step = MemberSteps.next(after, to, learn)) {
            steps.add(step);
            after = after.with(step);
        }
        assertThat(after.voters()).isEqualTo(to);
        return steps;
    }

    @Test
    void whoIsGoneLeavesBeforeAVoterThatLives() {
        Configuration five = Configuration.ofVoters(ids(1, 2, 3, 4, 5));
        assertThat(steps(five, ids(1, 2, 3), ids(4)))
                .containsExactly(
                        new ConfigurationChange.Remove(id(5)),
                        new ConfigurationChange.Remove(id(4)),
                        new ConfigurationChange.AddLearner(id(4)));
    }

    @Test
    void aNewVoterVotesBeforeAnotherLeaves() {
        assertThat(steps(Configuration.ofVoters(ids(1, 2, 3)), ids(1, 2, 4), ids(3)))
                .startsWith(
                        new ConfigurationChange.AddLearner(id(4)),
                        new ConfigurationChange.Promote(id(4)),
                        new ConfigurationChange.Remove(id(3)));
    }
}
