package dev.kvorum.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {

    private final Path place;

    WorkplaceTest(@TempDir Path directory) {
        this.place = directory.resolve("images");
    }

    @Test
    void whatAnInterruptedBuildLeftIsGone() throws Exception {
        Files.createDirectories(place.resolve("work/base"));
        try (Workplace here = Workplace.enter(place)) {
            assertThat(here.root()).isEqualTo(place.resolve("work")).isEmptyDirectory();
        }
    }

    @Test
    void aBuildLeavesNothing() throws Exception {
        try (Workplace here = Workplace.enter(place)) {
            Files.createDirectories(here.root().resolve("base/java"));
        }
        assertThat(place.resolve("work")).doesNotExist();
        Workplace.enter(place).close();
    }

    /** Another process waits; this one, which would wait for itself, is told. */
    @Test
    void oneBuildAtATimeIsInIt() throws Exception {
        try (Workplace here = Workplace.enter(place)) {
            Path made = Files.createFile(here.root().resolve("half"));
            assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(() -> Workplace.enter(place));
            assertThat(made).exists();
        }
    }

    @Test
    void aPlaceThatIsALinkIsRefused() throws IOException {
        Files.createSymbolicLink(place, place.getParent());
        assertThatExceptionOfType(BuildFailedException.class)
                .isThrownBy(() -> Workplace.enter(place))
                .withMessageContaining(place.toString())
                .withMessageContaining("have it removed");
    }
}
