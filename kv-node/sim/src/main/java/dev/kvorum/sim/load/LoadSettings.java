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
 */
public record LoadSettings(
        int clients,
        int keys,
        int unsyncedKeys,
        int thinkMostMs,
        int timeoutMs,
        int oddLevelsPerMille,
        int largePerMille) {}
