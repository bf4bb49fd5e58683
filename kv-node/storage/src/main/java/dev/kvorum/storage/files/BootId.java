package dev.kvorum.storage.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Which run of the kernel this is: everything written under the same one is still in its page cache. */
public final class BootId {

    /** Where Linux shows it, the same for every container of a machine. */
    public static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /**
     * The boot id in {@code source}. Where the kernel shows none a new one is made up each time, so that every start
     * counts as the first after a kernel restart: slower to vote, never wrong.
     */
    public static UUID read(Path source) {
        try {
            return UUID.fromString(Files.readString(source).strip());
        } catch (IOException | IllegalArgumentException unknown) {
            return UUID.randomUUID();
        }
    }
}
