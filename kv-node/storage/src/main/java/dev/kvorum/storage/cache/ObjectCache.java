package dev.kvorum.storage.cache;

import org.jspecify.annotations.Nullable;

/**
 * A bounded map from stored keys to stored bytes. Not thread-safe: each loop has its own.
 *
 * <p>Records are appended to a {@link RecordLog} that overwrites its oldest part; a table of packed words says where
 * the newest record of a key begins. What is read again while it is about to be overwritten is appended once more, so
 * that what is used stays and a long scan passes through.
 */
public final class ObjectCache {

    /** Words of one place in the table; the oldest gives way. */
    private static final int WAYS = 8;

    /** One word for so many bytes: records are rarely shorter, so that the table is rarely the limit. */
    private static final int BYTES_PER_WORD = 128;

    /** A record above this share of the log would push too much out. */
    private static final int LARGEST_SHARE = 64;

    private static final int COUNTERS = 1024;

    /** A word is the hash's highest bits above the record's position: most strangers need no look at the log. */
    private static final long POSITION_MASK = (1L << 48) - 1;

    private final RecordLog log;
    private final long[] words;
    private final int[] writes = new int[COUNTERS];
    private final int largestBytes;
    private long hits;
    private long misses;

    /**
     * @param capacityBytes of keys and values, with 8 bytes for each; memory is taken as it fills. Below two chunks of
     *     {@link RecordLog#CHUNK_BYTES} two are taken
     */
    public ObjectCache(long capacityBytes) {
        log = new RecordLog(capacityBytes);
        largestBytes = (int) Math.min(RecordLog.CHUNK_BYTES / 4, log.capacityBytes() / LARGEST_SHARE);
        words = new long[tableSize(log.capacityBytes() / BYTES_PER_WORD)];
    }

    private static int tableSize(long wanted) {
        long size = Long.highestOneBit(Math.max(WAYS, wanted - 1)) << 1;
        return (int) Math.min(1 << 28, size);
    }

    /** The newest value of this key, as a copy; null when it is not here. */
    public byte @Nullable [] get(byte[] key) {
        long hash = hash(key);
        int at = find(hash, key);
        if (at < 0) {
            misses++;
            return null;
        }
        hits++;
        long position = words[at] & POSITION_MASK;
        byte[] value = log.value(position);
        if (log.isAging(position)) {
            words[at] = word(hash, log.append(key, value));
        }
        return value;
    }

    /** Says that the store accepted this value as the key's newest. */
    public void put(byte[] key, byte[] value) {
        long hash = hash(key);
        writes[counter(hash)]++;
        keep(hash, key, value);
    }

    /** What to hand to {@link #fill} with the answer of a read that starts now. */
    public int ticket(byte[] key) {
        return writes[counter(hash(key))];
    }

    /** Keeps what a read found, unless the key may have been written since the read began. */
    public void fill(byte[] key, byte[] value, int ticket) {
        long hash = hash(key);
        if (writes[counter(hash)] == ticket) {
            keep(hash, key, value);
        }
    }

    /** Forgets everything; reads under way fill nothing. */
    public void clear() {
        java.util.Arrays.fill(words, 0);
        for (int i = 0; i < COUNTERS; i++) {
            writes[i]++;
        }
    }

    public long hits() {
        return hits;
    }

    public long misses() {
        return misses;
    }

    /** Memory taken so far, the table aside. */
    public long sizeBytes() {
        return log.sizeBytes();
    }

    private void keep(long hash, byte[] key, byte[] value) {
        if (log.end() > POSITION_MASK - largestBytes) {
            clear();
            log.rewind();
        }
        int former = find(hash, key);
        if (RecordLog.recordBytes(key, value) > largestBytes) {
            if (former >= 0) {
                words[former] = 0;
            }
            return;
        }
        long position = log.append(key, value);
        words[former >= 0 ? former : placeFor(hash)] = word(hash, position);
    }

    /** Where the word of this key is, or −1. */
    private int find(long hash, byte[] key) {
        int first = first(hash);
        long tag = hash & ~POSITION_MASK;
        for (int at = first; at < first + WAYS; at++) {
            long word = words[at];
            if (word != 0 && (word & ~POSITION_MASK) == tag && log.holds(word & POSITION_MASK, key)) {
                return at;
            }
        }
        return -1;
    }

    /** An empty word, one whose record was overwritten, or the oldest. */
    private int placeFor(long hash) {
        int first = first(hash);
        int oldest = first;
        for (int at = first; at < first + WAYS; at++) {
            long position = words[at] & POSITION_MASK;
            if (words[at] == 0 || !log.isLive(position)) {
                return at;
            }
            if (position < (words[oldest] & POSITION_MASK)) {
                oldest = at;
            }
        }
        return oldest;
    }

    private int first(long hash) {
        return (int) hash & (words.length - 1) & -WAYS;
    }

    private static int counter(long hash) {
        return (int) (hash >>> 32) & (COUNTERS - 1);
    }

    private static long word(long hash, long position) {
        return (hash & ~POSITION_MASK) | position;
    }

    private static long hash(byte[] key) {
        long hash = key.length;
        for (byte each : key) {
            hash = (hash ^ each) * 0x9FB21C651E98DF25L;
            hash ^= hash >>> 32;
        }
        return hash * 0x9E3779B97F4A7C15L ^ hash >>> 29;
    }
}
