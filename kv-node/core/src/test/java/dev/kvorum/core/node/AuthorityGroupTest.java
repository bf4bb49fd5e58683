package dev.kvorum.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityInput;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.NodeState;
import dev.kvorum.core.ring.BucketSettings;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whole nodes as far as the authority goes, on virtual time and a network without faults of its own. */
class AuthorityGroupTest {

    @Test
    void nodesFoundTheirClusterAndRegister() {
        GroupTown town = new GroupTown(5, 1);
        town.runUntil(town::isAtRest);
        assertThat(town.state().nodes().values()).allMatch(node -> node.state() == NodeState.ACTIVE);
        assertThat(town.state().voters()).hasSize(5);
    }

    @Test
    void aCommandSurvivesTheLeaderThatAnsweredIt() {
        GroupTown town = new GroupTown(3, 2);
        town.runUntil(town::isAtRest);
        town.submit(town.leader(), 7, new Command.DeclareBucket(BucketSettings.named("orders")));
        town.runUntil(() -> town.answers().containsKey(7L));
        assertThat(town.answers().get(7L)).isEqualTo(new Answer.Done(1));
        int former = town.leader();
        town.kill(former);
        town.runUntil(() -> town.leader() >= 0 && town.leader() != former);
        town.start(former);
        town.runUntil(town::isAtRest);
        assertThat(town.state().buckets()).extracting(BucketSettings::name).contains("orders");
    }

    @Test
    void aWipedVoterComesBackPendingWithAnotherSeatAndVotesAgain() {
        GroupTown town = new GroupTown(3, 3);
        town.runUntil(town::isAtRest);
        int wiped = (town.leader() + 1) % 3;
        town.kill(wiped);
        town.wipe(wiped);
        town.start(wiped);
        town.runUntil(town::isAtRest);
        var node = Objects.requireNonNull(town.state().node(GroupTown.idOf(wiped)));
        assertThat(node.state()).isEqualTo(NodeState.PENDING);
        assertThat(node.former()).hasSize(1);
        assertThat(town.state().voters()).hasSize(3);
        assertThat(town.state().shards()).allMatch(shard -> shard.incomplete().contains(node.id()));
    }

    @Test
    void aNodeThatLagsBehindTheLogGetsTheStateInstead() {
        GroupTown town = new GroupTown(3, 4);
        town.runUntil(town::isAtRest);
        int late = (town.leader() + 1) % 3;
        town.kill(late);
        for (int i = 0; i < 12_000; i++) {
            town.submit(town.leader(), 100 + i, new Command.OpenSession("operator"));
            town.run(1);
        }
        town.start(late);
        town.runUntil(town::isAtRest);
        assertThat(town.group(late).authority().state()).isEqualTo(town.state());
    }

    static AuthorityGroupInput submit(long ticket, Command command) {
        return new AuthorityGroupInput.Submit(new AuthorityInput.Submit(ticket, 0, command));
    }
}
