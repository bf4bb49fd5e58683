package dev.kvorum.storage.files;

import java.util.UUID;

/**
 * How far the log was acknowledged.
 *
 * @param committed number of the last acknowledged batch: the log reaches it while the kernel lives
 * @param synced number of the last synced batch: the log reaches it whatever happened
 * @param bootId the kernel's run in which this was written
 * @param boot the start of the volume in which this was written, as {@link Starts#boot} counts them
 */
public record CommitMark(long committed, long synced, UUID bootId, Standing standing, long boot) {

    CommitMark reached(long nowCommitted, long nowSynced) {
        return new CommitMark(nowCommitted, nowSynced, bootId, standing, boot);
    }

    CommitMark judged(Standing now) {
        return new CommitMark(committed, synced, bootId, now, boot);
    }
}
