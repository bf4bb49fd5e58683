package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.server.door.ClusterControl.Recovery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three of five voters gone for good, and back again after the two that were left had been recovered. */
class RecoverIT {

    private static final List<Integer> GONE = List.of(2, 3, 4);

    @TempDir
    Path directory;

    @Test
    void twoOfFiveVotersBecomeANewGenerationAndTheOthersAreFencedOutOfTheirOwn() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory, Map.of(), 5)) {
            nodes.foundAll();
            for (int node = 0; node < 5; node++) {
                AuthorityIT.awaitRegistered(nodes, node);
            }
            bucket(nodes, 0, "before");
            assertThat(recover(nodes, 0, 2)).isInstanceOf(Recovery.Refused.class);

            loseMost(nodes);
            recoverTheRest(nodes);
            bucket(nodes, 1, "after");

            comeBack(nodes);
            for (int node = 0; node < 5; node++) {
                int at = node;
                awaitGeneration(nodes, node);
                LoopbackNodes.awaitTrue("node " + node + " knows both buckets", () -> knowsBoth(nodes, at));
            }
            nodes.awaitLinked();
        }
    }

    private static void loseMost(LoopbackNodes nodes) throws Exception {
        for (int node : GONE) {
            nodes.stop(node);
        }
        LoopbackNodes.awaitTrue("nobody leads", () -> AuthorityIT.view(nodes, 0).leader() == null);
    }

    private static void recoverTheRest(LoopbackNodes nodes) throws Exception {
        int newest = applied(nodes, 0) >= applied(nodes, 1) ? 0 : 1;
        assertThat(recover(nodes, newest, 3)).isInstanceOf(Recovery.Refused.class);
        assertThat(recover(nodes, newest, 2)).isInstanceOf(Recovery.Begun.class);
        nodes.awaitEndAndRestart(newest);
        nodes.awaitEndAndRestart(1 - newest);
        awaitGeneration(nodes, 0);
        awaitGeneration(nodes, 1);
    }

    private static void comeBack(LoopbackNodes nodes) throws Exception {
        for (int node : GONE) {
            nodes.startAgain(node);
        }
        for (int node : GONE) {
            nodes.awaitEndAndRestart(node);
        }
    }

    private static Recovery recover(LoopbackNodes nodes, int node, long generation) throws Exception {
        return LoopbackNodes.await(nodes.server(node).process().recover("it", generation));
    }

    private static long applied(LoopbackNodes nodes, int node) {
        return AuthorityIT.view(nodes, node).applied();
    }

    private static void bucket(LoopbackNodes nodes, int node, String name) throws Exception {
        Answer answer = AuthorityIT.decide(nodes, node, 0, new Command.DeclareBucket(BucketSettings.named(name)));
        assertThat(answer).isInstanceOf(Answer.Done.class);
    }

    private static boolean knowsBoth(LoopbackNodes nodes, int node) {
        AuthorityState state = AuthorityIT.view(nodes, node).state();
        return state.buckets().stream().map(BucketSettings::name).toList().containsAll(List.of("before", "after"));
    }

    private static void awaitGeneration(LoopbackNodes nodes, int node) {
        LoopbackNodes.awaitTrue(
                "node " + node + " is of generation 2",
                () -> AuthorityIT.view(nodes, node).state().charter().generation() == 2);
    }
}
