package dev.kvorum.storage;

/**
 * One start of a volume, as the cluster is told of it.
 *
 * @param volumeId 32 hex digits
 * @param boot how many times the volume was started, this time included; counted durably before the storage was handed
 *     over, so no two starts of one volume have the same, unless one of them is of a copy
 * @param nonce drawn for this start, so that a copy started as often is told apart
 * @param syncedCommit number of the last batch that was on the disk at this start
 */
public record VolumeStarted(String volumeId, long boot, long nonce, long syncedCommit) {}
