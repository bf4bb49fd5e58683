package dev.kvorum.core.request;

/**
 * What an answer rests on.
 *
 * @param replicas replicas that answered or hold the write
 * @param zones distinct zones among them
 * @param epoch the shard's epoch under which they were counted
 * @param repair whether every replica that was asked agrees by now
 */
public record Achieved(int replicas, int zones, Durability durability, long epoch, Repair repair) {

    /** Whether replicas that differed were brought together before the answer. */
    public enum Repair {
        /** They agreed, or they do now. */
        NONE_NEEDED,
        /** A replica refused the merged state; it will be tried again. */
        PENDING
    }
}
