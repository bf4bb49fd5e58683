package dev.kvorum.sim.load;

/**
 * What clients do.
 *
 * @param clients how many ask at the same time
 * @param keys how many keys there are; the first few get most of the requests
 * @param unsyncedKeys how many of the last keys are written at durability {@code os}
 * @param thinkMostMs the longest a client waits between two requests
 * @param timeoutMs how long a request may take
 * @param oddLevelsPerMille how many requests ask for other R and W than the bucket's
 * @param largePerMille how many values are too large to travel instead of a digest
 * @param again what a client does when a request fails
 * @param buckets over how many the keys are spread; with more than one, clients go by the levels of the bucket, as the
 *     node that they ask knows it
 */
public record LoadSettings(
        int clients,
        int keys,
        int unsyncedKeys,
        int thinkMostMs,
        int timeoutMs,
        int oddLevelsPerMille,
        int largePerMille,
        Again again,
        int buckets) {

    /** How a client tries once more. */
    public enum Again {
        /** At once, anywhere, and it may fail again. */
        AT_ONCE,
        /** Half a second later, on another node that answers; that must not fail. */
        PATIENTLY
    }
}
