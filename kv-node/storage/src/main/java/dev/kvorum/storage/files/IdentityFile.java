package dev.kvorum.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The identity in one checksummed sector, written once. */
public final class IdentityFile {

    private static final long MAGIC = 0x6b766f72756d6964L;

    private IdentityFile() {}

    public static void write(Path file, Identity identity) throws IOException {
        ByteBuffer sector = Sector.begin(MAGIC);
        identity.write(sector);
        DurableFiles.replace(file, Sector.seal(sector));
    }

    /** The identity; empty when the file is missing or damaged. */
    public static Optional<Identity> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Sector.open(ByteBuffer.wrap(Files.readAllBytes(file)), MAGIC).map(Identity::read);
    }
}
