package dev.kvorum.storage;

import dev.kvorum.storage.files.DurableFiles;
import dev.kvorum.storage.files.Starts;
import dev.kvorum.storage.files.Starts.Trust;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/**
 * The file that says what is wrong with a volume whose other files need not show it. Any content of it counts, and that
 * it must be there is said where the starts are counted: a lost or damaged note is no excuse.
 */
final class DamageNote {

    private DamageNote() {}

    /** What an earlier run noted. */
    static Optional<Damage> read(StoreFiles files, Starts starts) throws IOException {
        if (!Files.exists(files.damage())) {
            return starts.trust() == Trust.FORSAKEN ? Optional.of(unreadable("missing")) : Optional.empty();
        }
        String[] lines = new String(Files.readAllBytes(files.damage()), StandardCharsets.UTF_8).split("\n", 2);
        boolean whole = lines.length == 2 && !lines[0].isBlank() && !lines[1].isBlank();
        return Optional.of(whole ? new Damage(lines[0], lines[1]) : unreadable("damaged"));
    }

    /** Durable on return; a note that is there already stays. */
    static void write(StoreFiles files, Damage damage) throws IOException {
        if (!Files.exists(files.damage())) {
            byte[] text = (damage.file() + "\n" + damage.what()).getBytes(StandardCharsets.UTF_8);
            DurableFiles.replace(files.damage(), ByteBuffer.wrap(text));
        }
    }

    private static Damage unreadable(String how) {
        return new Damage(StoreFiles.DAMAGE, "is " + how + "; it said what is wrong with this volume");
    }
}
