package dev.kvorum.storage;

import java.util.Optional;

/** Whether a volume still has to be made known to its cluster as one that took another's place. */
public sealed interface Arrival {

    /** It has not: it was made in an empty directory, or its arrival was {@link NodeStorage#settled}. */
    record Kept() implements Arrival {}

    /**
     * It has: it was made by {@link NodeStorage#openAnew} in place of one that could not be believed.
     *
     * @param former empty when nothing told which volume that was, or how often it had been started
     */
    record Anew(Optional<FormerVolume> former) implements Arrival {}

    /**
     * The volume before.
     *
     * @param boot one more than every start of it that anybody was told of: who shows this number held the volume
     */
    record FormerVolume(String volumeId, long boot) {}
}
