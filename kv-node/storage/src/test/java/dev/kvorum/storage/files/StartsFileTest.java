package dev.kvorum.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.files.Starts.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsFileTest {

    private final Path file;

    StartsFileTest(@TempDir Path directory) {
        this.file = directory.resolve("starts");
    }

    @Test
    void theCountIsReadBackWithItsOwnerAndItsTrust() throws IOException {
        Starts none = Starts.none(Identity.mint("zone-a-0"));
        StartsFile.write(file, none);
        assertThat(StartsFile.read(file)).contains(none);
        Starts later = new Starts(none.owner(), 41, Trust.FORSAKEN).after(41);
        StartsFile.write(file, later);
        assertThat(StartsFile.read(file)).contains(new Starts(none.owner(), 42, Trust.FORSAKEN));
    }

    @Test
    void everyFlippedBitIsSeenAndSoIsAMissingOrEmptyFile() throws IOException {
        StartsFile.write(file, Starts.none(Identity.mint("zone-a-0")));
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit += 7) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThat(StartsFile.read(file)).as("bit %d", bit).isEmpty();
        }
        Files.write(file, new byte[0]);
        assertThat(StartsFile.read(file)).isEmpty();
        Files.write(file, new byte[whole.length]);
        assertThat(StartsFile.read(file)).isEmpty();
        Files.delete(file);
        assertThat(StartsFile.read(file)).isEmpty();
    }
}
