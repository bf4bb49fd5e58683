package dev.kvorum.core.consensus;

/** What was wrong with a log at a start; the storage tells the two apart by the number of the last synced commit. */
public sealed interface Damage {

    /** Everything that was synced is there. */
    record None() implements Damage {}

    /** The end that was never synced, and so never acknowledged, was torn; it has been cut off. */
    record TornTail() implements Damage {}

    /**
     * Something is missing or wrong that had been synced, so this replica may have forgotten a vote or an
     * acknowledgement.
     *
     * @param what for people: which file or entry
     */
    record SyncedLost(String what) implements Damage {}
}
