package dev.kvorum.local.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes into the corpus what the API server that {@code KVORUM_E2E_KUBECONFIG} names answers now. Run in {@code
 * local}.
 */
final class Recording {

    private Recording() {}

    static void main() throws IOException, InterruptedException {
        try (RealServer server = new RealServer()) {
            Conversation conversation = new Conversation(server.url());
            for (Path file : Corpus.files()) {
                Files.write(file, recorded(file, conversation));
            }
        }
    }

    private static List<String> recorded(Path file, Conversation conversation) {
        List<String> lines = new ArrayList<>();
        for (String line : Corpus.lines(file)) {
            if (!line.startsWith(Corpus.INDENT)) {
                lines.add(line);
            }
            if (Corpus.isRow(line)) {
                conversation.answerTo(Corpus.parse(line)).forEach(answer -> lines.add(Corpus.INDENT + answer));
            }
        }
        return lines;
    }
}
