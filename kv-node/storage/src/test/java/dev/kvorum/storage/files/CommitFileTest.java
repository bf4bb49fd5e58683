package dev.kvorum.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitFileTest {

    private static final UUID BOOT = new UUID(1, 2);
    private static final long BOOTS = 3;
    private final Identity owner = Identity.mint("zone-a-0");
    private final Path file;

    CommitFileTest(@TempDir Path directory) {
        this.file = directory.resolve("commit");
    }

    @BeforeEach
    void create() throws IOException {
        CommitFile.create(file, owner, BOOT);
    }

    @Test
    void aNewFileSaysWhoseItIsAndThatNothingWasCommitted() throws IOException {
        assertThat(CommitFile.read(file))
                .contains(new CommitFile.Content(owner, new CommitMark(0, 0, BOOT, Standing.COMPLETE, 0)));
    }

    @Test
    void theLastMarkIsReadBack() throws IOException {
        reach(7);
        assertThat(mark()).isEqualTo(mark(7, 6));
    }

    @Test
    void aMarkCutOffInTheMiddleLeavesTheOneBefore() throws IOException {
        reach(7);
        for (int sector = 1; sector <= 2; sector++) {
            byte[] whole = Files.readAllBytes(file);
            byte[] torn = whole.clone();
            torn[sector * Sector.BYTES + 20] ^= 0x40;
            Files.write(file, torn);
            assertThat(mark().committed()).isBetween(6L, 7L);
            Files.write(file, whole);
        }
    }

    @Test
    void bothMarksOrTheOwnerDamagedIsNoFile() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] bothTorn = whole.clone();
        bothTorn[Sector.BYTES + 20] ^= 1;
        bothTorn[2 * Sector.BYTES + 20] ^= 1;
        Files.write(file, bothTorn);
        assertThat(CommitFile.read(file)).isEmpty();
        whole[30] ^= 1;
        Files.write(file, whole);
        assertThat(CommitFile.read(file)).isEmpty();
        Files.write(file, new byte[10]);
        assertThat(CommitFile.read(file)).isEmpty();
        Files.delete(file);
        assertThat(CommitFile.read(file)).isEmpty();
    }

    @Test
    void theStandingOutlivesTheProcessAndKeepsTheMark() throws IOException {
        CommitMark start = new CommitMark(9, 8, BOOT, Standing.OWES_MERGE, BOOTS);
        try (CommitFile open = CommitFile.open(file, owner, start)) {
            open.reach(10, 10);
            assertThat(mark().standing()).isEqualTo(Standing.OWES_MERGE);
            open.stand(Standing.COMPLETE);
        }
        assertThat(mark()).isEqualTo(mark(10, 10));
    }

    @Test
    void anotherOwnerTakesTheFileOverWhole() throws IOException {
        Identity adopted = owner.becoming(Identity.mint("zone-a-0").nodeId());
        CommitFile.open(file, adopted, mark(4, 4)).close();
        assertThat(CommitFile.read(file)).contains(new CommitFile.Content(adopted, mark(4, 4)));
    }

    private static CommitMark mark(long committed, long synced) {
        return new CommitMark(committed, synced, BOOT, Standing.COMPLETE, BOOTS);
    }

    private void reach(int last) throws IOException {
        try (CommitFile open = CommitFile.open(file, owner, mark(0, 0))) {
            for (int number = 1; number <= last; number++) {
                open.reach(number, number - 1);
            }
        }
    }

    private CommitMark mark() throws IOException {
        return CommitFile.read(file).orElseThrow().mark();
    }
}
