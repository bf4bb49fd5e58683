package dev.kvorum.storage.files;

import java.util.UUID;

/**
 * How far the log was acknowledged.
 *
 * @param committed number of the last acknowledged batch: the log reaches it while the kernel lives
 * @param synced number of the last synced batch: the log reaches it whatever happened
 * @param bootId the kernel's run in which this was written
 */
public record CommitMark(long committed, long synced, UUID bootId, Standing standing) {}
