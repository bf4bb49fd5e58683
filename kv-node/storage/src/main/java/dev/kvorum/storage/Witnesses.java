package dev.kvorum.storage;

import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.Family;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The highest synced commit that other volumes have shown: whoever shows less later is an old copy. Raised by any
 * thread without waiting, kept with the next batch that is written anyway.
 */
final class Witnesses {

    /** In the meta family, before the volume's 16 bytes; the value is a u64. */
    private static final byte PREFIX = 'w';

    private static final int VOLUME_BYTES = 16;

    private final Map<String, Seen> byVolume = new ConcurrentHashMap<>();
    private final Queue<byte[]> forgotten = new ConcurrentLinkedQueue<>();

    static byte[] firstKey() {
        return new byte[] {PREFIX};
    }

    static byte[] behindLastKey() {
        return new byte[] {PREFIX + 1};
    }

    /** What was kept before; only at an open. */
    void load(byte[] key, byte[] value) {
        long commit = ByteBuffer.wrap(value).getLong();
        String volumeId = HexFormat.of().formatHex(key, 1, key.length);
        byVolume.put(volumeId, new Seen(key, commit));
    }

    void saw(String volumeId, long commit) {
        Seen seen = byVolume.get(volumeId);
        if (seen == null) {
            seen = byVolume.computeIfAbsent(volumeId, unknown -> new Seen(key(volumeId), 0));
        }
        seen.raise(commit);
    }

    long highest(String volumeId) {
        Seen seen = byVolume.get(volumeId);
        return seen == null ? 0 : seen.highest.get();
    }

    void forget(String volumeId) {
        Seen seen = byVolume.remove(volumeId);
        if (seen != null) {
            // After the removal: a batch filled in between is followed by the one that deletes.
            forgotten.add(seen.key);
        }
    }

    /** What changed since it was asked last; only the committer's thread asks, and it writes what it is given. */
    List<Change> changes() {
        List<Change> changes = List.of();
        for (byte[] key = forgotten.poll(); key != null; key = forgotten.poll()) {
            changes = with(changes, new Change.Delete(Family.META, key));
        }
        for (Seen seen : byVolume.values()) {
            long highest = seen.highest.get();
            if (highest > seen.kept) {
                seen.kept = highest;
                changes = with(changes, new Change.Put(Family.META, seen.key, bytes(highest)));
            }
        }
        return changes;
    }

    private static List<Change> with(List<Change> changes, Change next) {
        List<Change> longer = changes.isEmpty() ? new ArrayList<>() : changes;
        longer.add(next);
        return longer;
    }

    private static byte[] key(String volumeId) {
        byte[] volume = HexFormat.of().parseHex(volumeId);
        if (volume.length != VOLUME_BYTES) {
            throw new IllegalArgumentException("a volume id has 32 hex digits, not \"" + volumeId + '"');
        }
        return ByteBuffer.allocate(1 + VOLUME_BYTES).put(PREFIX).put(volume).array();
    }

    private static byte[] bytes(long commit) {
        return ByteBuffer.allocate(Long.BYTES).putLong(commit).array();
    }

    private static final class Seen {
        private final byte[] key;
        private final AtomicLong highest;
        /** The committer's own. */
        private long kept;

        Seen(byte[] key, long kept) {
            this.key = key;
            this.highest = new AtomicLong(kept);
            this.kept = kept;
        }

        void raise(long commit) {
            long now = highest.get();
            while (commit > now && !highest.compareAndSet(now, commit)) {
                now = highest.get();
            }
        }
    }
}
