package dev.kvorum.local.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.spec.SpecRules;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the corpus, and what the operator's own rules say of it. */
class CorpusTest {

    private static final Pattern OF_ANOTHER_SHAPE =
            Pattern.compile("must be of type|cannot be handled|Required value|Unsupported value");
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    @Test
    void thereAreEnoughOfEachKind() {
        assertThat(refusedIn("refused.txt")).hasSizeGreaterThanOrEqualTo(300).allMatch(Case::isRefused);
        assertThat(refusedIn("refused-changes.txt"))
                .hasSizeGreaterThanOrEqualTo(60)
                .allMatch(Case::isRefused);
        assertThat(refusedIn("accepted.txt")).hasSizeGreaterThanOrEqualTo(150).noneMatch(Case::isRefused);
    }

    @Test
    void noCaseStandsTwice() {
        assertThat(Corpus.all()).extracting(Case::row).doesNotHaveDuplicates();
    }

    /** What is of a wrong shape cannot be read as a KVCluster, and names are those of objects that exist. */
    @ParameterizedTest
    @MethodSource("creationsThatCanBeRead")
    void theOperatorRefusesWhatTheApiServerRefuses(Case judged) {
        KVClusterSpec spec = JSON.unmarshal(judged.before().path("spec").toString(), KVClusterSpec.class);

        List<String> broken = SpecRules.broken(spec);

        assertThat(broken.isEmpty()).as("%s", broken).isEqualTo(!judged.isRefused());
    }

    static Stream<Case> creationsThatCanBeRead() {
        return Corpus.all().stream()
                .filter(each -> each.after() == null && !each.row().startsWith("metadata."))
                .filter(each -> each.answers().stream()
                        .noneMatch(answer -> OF_ANOTHER_SHAPE.matcher(answer).find()));
    }

    private static List<Case> refusedIn(String file) {
        return Corpus.read(Path.of(Corpus.FOLDER.toString(), file));
    }
}
