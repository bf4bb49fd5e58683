package dev.kvorum.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFileTest {

    @TempDir
    private Path directory;

    @Test
    void anIdentityIsReadBackAndEveryFlippedBitOfItIsSeen() throws IOException {
        Path file = directory.resolve("identity");
        Identity identity = Identity.mint("zöne-a-0");
        IdentityFile.write(file, identity);
        assertThat(IdentityFile.read(file)).contains(identity);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit += 7) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThat(IdentityFile.read(file)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void everyMintedIdentityIsAnother() {
        Identity one = Identity.mint("n");
        Identity other = Identity.mint("n");
        assertThat(one.nodeId()).isNotEqualTo(other.nodeId());
        assertThat(one.volumeId()).isNotEqualTo(other.volumeId()).matches("[0-9a-f]{32}");
        assertThat(one.nodeId().toString()).matches("[0-9a-f]{40}");
    }
}
