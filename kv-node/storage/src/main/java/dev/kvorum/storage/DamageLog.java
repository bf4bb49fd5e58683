package dev.kvorum.storage;

import dev.kvorum.storage.files.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.rocksdb.RocksDBException;

/**
 * The first damage met while the storage was open. Wrong bytes are noted in a file too, because the next open reads
 * only a part of the volume and would not meet them; an error of the moment is not.
 */
final class DamageLog {

    private final Path note;
    private final AtomicReference<Optional<Damage>> first = new AtomicReference<>(Optional.empty());

    DamageLog(Path note) {
        this.note = note;
    }

    /** What an earlier run noted. */
    static Optional<Damage> noted(Path note) throws IOException {
        if (!Files.isRegularFile(note)) {
            return Optional.empty();
        }
        String[] lines = Files.readString(note).split("\n", 2);
        return Optional.of(new Damage(lines[0], lines.length > 1 ? lines[1] : "damaged"));
    }

    Optional<Damage> first() {
        return first.get();
    }

    /** A read that failed. */
    Damage met(RocksDBException failure) {
        Damage damage = RocksErrors.damage(failure);
        boolean isFirst = first.compareAndSet(Optional.empty(), Optional.of(damage));
        if (isFirst && RocksErrors.isCorruption(failure)) {
            write(damage);
        }
        return damage;
    }

    /** A write that failed, which is how a compaction's finding comes to light; errors of the moment are no damage. */
    void metWhileWriting(RocksDBException failure) {
        if (RocksErrors.isCorruption(failure)) {
            met(failure);
        }
    }

    private void write(Damage damage) {
        byte[] text = (damage.file() + "\n" + damage.what()).getBytes(StandardCharsets.UTF_8);
        try {
            DurableFiles.replace(note, ByteBuffer.wrap(text));
        } catch (IOException notNoted) {
            // The node is fenced by the damage itself; only the memory of it across a restart is lost.
            first.set(Optional.of(new Damage(damage.file(), damage.what() + "; not noted: " + notNoted)));
        }
    }
}
