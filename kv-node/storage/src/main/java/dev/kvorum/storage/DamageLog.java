package dev.kvorum.storage;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.rocksdb.RocksDBException;

/**
 * The first damage met while the storage was open. Wrong bytes are noted in a file too, because the next open reads
 * only a part of the volume and would not meet them; an error of the moment is not.
 */
final class DamageLog {

    private final VolumeFiles volume;
    private final AtomicReference<Optional<Damage>> first = new AtomicReference<>(Optional.empty());

    DamageLog(VolumeFiles volume) {
        this.volume = volume;
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

    /** The word of others; noted on return. */
    void heard(Damage damage) throws IOException {
        first.compareAndSet(Optional.empty(), Optional.of(damage));
        volume.note(damage);
    }

    private void write(Damage damage) {
        try {
            volume.note(damage);
        } catch (IOException notNoted) {
            // The node is fenced by the damage itself; only the memory of it across a restart is lost.
            first.set(Optional.of(new Damage(damage.file(), damage.what() + "; not noted: " + notNoted)));
        }
    }
}
