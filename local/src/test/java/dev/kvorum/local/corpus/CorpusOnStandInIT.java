package dev.kvorum.local.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.local.api.ApiServer;
import dev.kvorum.local.kubelet.Programs;
import dev.kvorum.local.launch.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stand-in answers every case as the real API server does, word for word, but says nothing twice. */
@TestInstance(Lifecycle.PER_CLASS)
class CorpusOnStandInIT {

    private final StandIn standIn;
    private final Conversation conversation;

    CorpusOnStandInIT(@TempDir Path state) throws IOException {
        ApiServer server = new ApiServer(0);
        String url = server.url();
        standIn = StandIn.start(server, state, new Programs(Map.of()));
        conversation = new Conversation(url);
    }

    @AfterAll
    void stop() {
        standIn.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStandInAnswersAsTheApiServerDoes(Case judged) {
        assertThat(conversation.answerTo(judged)).isEqualTo(judged.answersSaidOnce());
    }

    static Stream<Case> cases() {
        return Corpus.all().stream();
    }
}
