package dev.kvorum.storage.files;

import dev.kvorum.storage.files.Starts.Trust;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The count of starts in one checksummed sector, replaced whole: readable whatever became of the other files. */
public final class StartsFile {

    private static final long MAGIC = 0x6b766f72756d7374L;
    private static final byte BELIEVED = 1;
    private static final byte FORSAKEN = 2;

    private StartsFile() {}

    /** Durable on return. */
    public static void write(Path file, Starts starts) throws IOException {
        ByteBuffer sector = Sector.begin(MAGIC);
        starts.owner().write(sector);
        sector.putLong(starts.boot()).put(starts.trust() == Trust.BELIEVED ? BELIEVED : FORSAKEN);
        DurableFiles.replace(file, Sector.seal(sector));
    }

    /** The count; empty when the file is missing or damaged. */
    public static Optional<Starts> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Sector.open(ByteBuffer.wrap(Files.readAllBytes(file)), MAGIC)
                .map(in -> new Starts(
                        Identity.read(in), in.getLong(), in.get() == BELIEVED ? Trust.BELIEVED : Trust.FORSAKEN));
    }
}
