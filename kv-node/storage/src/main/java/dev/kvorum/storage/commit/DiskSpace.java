package dev.kvorum.storage.commit;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the volume still has its reserve. Looked at by the committer, busy or idle, so that {@link #full} costs one
 * volatile read and falls back by itself once space was freed.
 */
public final class DiskSpace {

    private static final long LOOK_AGAIN_NANOS = 100_000_000;
    private static final int PER_MILLE = 1000;

    private final FileStore volume;
    private final long reserveBytes;
    private final int reservePerMille;
    private long lookedAtNanos;
    private volatile long freeBytes;
    private volatile long volumeBytes;
    private volatile boolean full;

    /**
     * @param directory any directory on the volume
     * @param reserveBytes full below this many free bytes
     * @param reservePerMille and full below this share of the volume
     */
    public DiskSpace(Path directory, long reserveBytes, int reservePerMille) throws IOException {
        this.volume = Files.getFileStore(directory);
        this.reserveBytes = reserveBytes;
        this.reservePerMille = reservePerMille;
        look();
    }

    /** Whether writes must be refused. */
    public boolean full() {
        return full;
    }

    /** Bytes that this process may still use on the volume, when last looked at. */
    public long freeBytes() {
        return freeBytes;
    }

    /** Size of the volume, when last looked at. */
    public long volumeBytes() {
        return volumeBytes;
    }

    /** Looks again if the last look is older than 100 ms. One thread calls. */
    void lookAgain(long nowNanos) throws IOException {
        if (nowNanos - lookedAtNanos >= LOOK_AGAIN_NANOS) {
            lookedAtNanos = nowNanos;
            look();
        }
    }

    private void look() throws IOException {
        long free = volume.getUsableSpace();
        long total = volume.getTotalSpace();
        freeBytes = free;
        volumeBytes = total;
        full = free < Math.max(reserveBytes, total / PER_MILLE * reservePerMille);
    }
}
