package dev.kvorum.core.authority;

import static dev.kvorum.core.authority.Cluster.id;
import static dev.kvorum.core.authority.Cluster.start;
import static dev.kvorum.core.authority.Cluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Command.ChooseVoters;
import dev.kvorum.core.authority.Command.DeclareLost;
import dev.kvorum.core.authority.Command.NewVolume;
import dev.kvorum.core.authority.Command.Register;
import dev.kvorum.core.ring.NodeId;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VoterChoiceTest {

    @Test
    void theVotersOfTheDocumentStayWhileNothingHappens() {
        for (int nodes = 1; nodes <= 12; nodes++) {
            Cluster cluster = Cluster.running(nodes);
            assertThat(choice(cluster, all(nodes))).as("%d nodes", nodes).isEqualTo(cluster.state.voters());
        }
    }

    @Test
    void aSilentVoterKeepsItsVoteAndALostOneIsReplacedInItsZone() {
        Cluster cluster = Cluster.running(9);
        SortedSet<NodeId> without = all(9);
        without.remove(id(2));
        assertThat(choice(cluster, without)).isEqualTo(cluster.state.voters());
        cluster.apply(new DeclareLost(id(2), volume(102), Cause.PERSON));
        assertThat(cluster.state.voters()).containsExactly(id(0), id(1), id(3), id(4));
        assertThat(choice(cluster, without)).containsExactly(id(0), id(1), id(3), id(4), id(5));
    }

    @Test
    void thoseThatAnswerArePreferredAndAPendingOneComesInWhereNobodyElseIs() {
        Cluster cluster = Cluster.running(9);
        cluster.apply(new DeclareLost(id(2), volume(102), Cause.PERSON));
        SortedSet<NodeId> answering = all(9);
        answering.remove(id(5));
        assertThat(choice(cluster, answering)).contains(id(8)).doesNotContain(id(5));

        Cluster three = Cluster.running(3);
        three.apply(new NewVolume(start(0, 200, 1), new Proof.Counter(volume(100), 2)));
        assertThat(three.state.voters()).containsExactly(id(1), id(2));
        assertThat(choice(three, all(3))).containsExactly(id(0), id(1), id(2));
    }

    @Test
    void whoOwnsNothingDoesNotVote() {
        Cluster cluster = Cluster.running(3);
        for (int node = 3; node < 6; node++) {
            cluster.apply(new Register(start(node, 100 + node, 1)));
        }
        assertThat(choice(cluster, all(6))).containsExactly(id(0), id(1), id(2));
    }

    @Test
    void votersOfACrowdedZoneMakeRoomForAnEmptyOne() {
        Cluster cluster = Cluster.running(9);
        List<NodeId> crowded = List.of(id(0), id(3), id(6), id(1), id(4));
        cluster.apply(new ChooseVoters(cluster.state.voters(), crowded));
        assertThat(cluster.state.voters()).containsExactlyInAnyOrderElementsOf(crowded);
        List<NodeId> chosen = choice(cluster, all(9));
        assertThat(chosen).containsExactly(id(0), id(1), id(2), id(3), id(4));
    }

    @Test
    void whoWasChosenAndFellSilentBeforeTheLogKnewItIsGivenUp() {
        Cluster cluster = Cluster.running(9);
        List<NodeId> present = cluster.state.voters();
        cluster.apply(new ChooseVoters(present, List.of(id(0), id(1), id(3), id(4), id(8))));
        SortedSet<NodeId> without = all(9);
        without.remove(id(8));
        assertThat(VoterChoice.of(cluster.state, without, new TreeSet<>(present)))
                .doesNotContain(id(8));
        assertThat(choice(cluster, without)).contains(id(8));
    }

    @Test
    void whateverHappenedTheChoiceIsOddSpreadAndStable() {
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int nodes = random.nextInt(1, 13);
            Cluster cluster = Cluster.running(nodes);
            SortedSet<NodeId> alive = all(nodes);
            for (int node = 0; node < nodes; node++) {
                if (random.nextInt(3) == 0) {
                    cluster.apply(new DeclareLost(id(node), volume(100 + node), Cause.PERSON));
                }
                if (random.nextInt(4) == 0) {
                    alive.remove(id(node));
                }
            }
            isOddSpreadAndStable(seed, cluster, alive);
        }
    }

    private static void isOddSpreadAndStable(long seed, Cluster cluster, SortedSet<NodeId> alive) {
        long current = cluster.state.nodes().values().stream()
                .filter(NodeEntry::isCurrent)
                .count();
        List<NodeId> chosen = choice(cluster, alive);
        long wanted = Math.min(5, current % 2 == 1 ? current : Math.max(0, current - 1));
        assertThat(chosen).as("seed %d", seed).hasSize((int) wanted).doesNotHaveDuplicates();
        assertThat(chosen)
                .allMatch(voter ->
                        Objects.requireNonNull(cluster.state.node(voter)).isCurrent());
        if (!chosen.isEmpty()) {
            cluster.apply(new ChooseVoters(cluster.state.voters(), chosen));
            assertThat(cluster.state.voters()).as("seed %d", seed).isEqualTo(chosen);
            assertThat(choice(cluster, alive)).as("seed %d", seed).isEqualTo(chosen);
        }
    }

    private static List<NodeId> choice(Cluster cluster, SortedSet<NodeId> alive) {
        return VoterChoice.of(cluster.state, alive, new TreeSet<>(cluster.state.voters()));
    }

    private static SortedSet<NodeId> all(int nodes) {
        TreeSet<NodeId> ids = new TreeSet<>();
        for (int node = 0; node < nodes; node++) {
            ids.add(id(node));
        }
        return ids;
    }
}
