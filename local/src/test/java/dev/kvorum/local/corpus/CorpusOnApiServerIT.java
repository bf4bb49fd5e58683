package dev.kvorum.local.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API server that {@code KVORUM_E2E_KUBECONFIG} names answers as it did when the corpus was recorded. */
@EnabledIfEnvironmentVariable(
        named = RealServer.KUBECONFIG,
        matches = ".+",
        disabledReason = "needs the kubeconfig of a real cluster")
@TestInstance(Lifecycle.PER_CLASS)
class CorpusOnApiServerIT {

    private final RealServer server = new RealServer();
    private final Conversation conversation = new Conversation(server.url());

    CorpusOnApiServerIT() throws IOException, InterruptedException {}

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theApiServerStillAnswersAsRecorded(Case judged) {
        assertThat(conversation.answerTo(judged)).isEqualTo(judged.answers());
    }

    static Stream<Case> cases() {
        return Corpus.all().stream();
    }
}
