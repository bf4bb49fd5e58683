package dev.kvorum.core.authority;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/**
 * One start of a process on one volume.
 *
 * @param boot how many times the volume was started, this time included; kept on the volume, synced before use
 * @param nonce drawn anew by each process: tells two processes apart that count the same start, on two copies
 * @param syncedCommit the highest commit the volume had synced when it was started
 */
public record VolumeStart(VolumeId volume, long boot, long nonce, long syncedCommit) {

    static final int LEAST_BYTES = VolumeId.BYTES + 1 + 8 + 1;

    public VolumeStart {
        if (boot < 1 || syncedCommit < 0) {
            throw new IllegalArgumentException(
                    "boot number " + boot + " and synced commit " + syncedCommit + "; use at least 1 and 0");
        }
    }

    static VolumeStart read(WireReader in) {
        return new VolumeStart(VolumeId.read(in), in.getVar(), in.getLong(), in.getVar());
    }

    void write(WireWriter out) {
        volume.write(out);
        out.putVar(boot).putLong(nonce).putVar(syncedCommit);
    }

    /** Whether both are the same process, whatever it had synced when it said so. */
    public boolean isSameProcess(VolumeStart other) {
        return volume.equals(other.volume) && boot == other.boot && nonce == other.nonce;
    }
}
