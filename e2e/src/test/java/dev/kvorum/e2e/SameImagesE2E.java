package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kvorum.e2e.ground.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same images to the byte, wherever they stand and whoever compiled them before. */
class SameImagesE2E {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);

    /** What is committed, and what is not but could be. */
    private static final String COPY_SOURCES = """
            set -e
            mkdir -p "$2"
            cd "$1"
            git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
              if [ -e "$file" ]; then printf '%s\\n' "$file"; fi
            done | tar -cf - -T - | tar -xf - -C "$2"
            """;

    private final Path home =
            Path.of(System.getProperty("kvorum.home")).toAbsolutePath().normalize();

    /** Another directory, other processes of all builders, every class compiled anew. */
    @Test
    void theSameSourcesInAnotherPlaceGiveTheSameImages(@TempDir Path elsewhere) {
        assumeThat(Shell.has("apt-get") && Shell.has("dpkg-deb") && Shell.has("git"))
                .as("images are made on Debian or Ubuntu, and git lists the sources")
                .isTrue();
        Path copy = elsewhere.resolve("some/other-checkout");
        Shell.run("sh", "-c", COPY_SOURCES, "sh", home.toString(), copy.toString())
                .mustSucceed();
        assertThat(digests(copy)).hasSize(2).isEqualTo(digests(home));
    }

    private static List<String> digests(Path checkout) {
        return Shell.run(
                        BUILD_LIMIT,
                        Map.of(),
                        List.of(checkout.resolve("kvorum").toString(), "images"))
                .mustSucceed()
                .out()
                .lines()
                .map(tar -> Path.of(tar).getFileName() + " " + digest(tar))
                .toList();
    }

    private static String digest(String tar) {
        return Shell.run("sha256sum", tar).mustSucceed().out().substring(0, 64);
    }
}
