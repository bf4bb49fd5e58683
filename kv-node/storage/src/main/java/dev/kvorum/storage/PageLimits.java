package dev.kvorum.storage;

/**
 * Where a page of a scan ends: at whichever is reached first.
 *
 * @param keys most entries
 * @param bytes most bytes of keys and values, exceeded by at most one entry
 */
public record PageLimits(int keys, long bytes) {

    public PageLimits {
        if (keys < 1 || bytes < 1) {
            throw new IllegalArgumentException("a page has at least 1 key and 1 byte, not " + keys + " and " + bytes);
        }
    }
}
