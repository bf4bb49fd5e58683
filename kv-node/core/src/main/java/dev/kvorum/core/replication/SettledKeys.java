package dev.kvorum.core.replication;

import dev.kvorum.core.ring.Key;

/**
 * The keys that a home has read from enough replicas since it took over, or has written since, so that it may overwrite
 * them without asking again. Bounded: what does not fit is forgotten, which costs a read and never a value.
 *
 * <p>A key stands here as 64 bits of a keyed hash over bucket, key and the take-over under which it was read, so that a
 * new take-over forgets everything at once. Two keys of one home share all 64 bits with probability 2⁻⁶⁴, unknown to
 * clients because the hash is keyed by the process's own secret.
 */
final class SettledKeys {

    private static final long MULTIPLIER = 0x9FB21C651E98DF25L;

    private final long[] marks;
    private final long secret;

    SettledKeys(int capacity, long secret) {
        marks = new long[capacity];
        this.secret = secret;
    }

    boolean contains(Key key, long takeOver) {
        long mark = mark(key, takeOver);
        int at = place(mark);
        return marks[at] == mark || marks[at ^ 1] == mark;
    }

    void add(Key key, long takeOver) {
        long mark = mark(key, takeOver);
        int at = place(mark);
        if (marks[at] != mark) {
            marks[at ^ 1] = marks[at];
            marks[at] = mark;
        }
    }

    private int place(long mark) {
        return (int) (mark >>> 20) & (marks.length - 1) & ~1;
    }

    private long mark(Key key, long takeOver) {
        long hash = secret ^ (takeOver * MULTIPLIER) ^ ((long) key.bucket() << 40);
        byte[] bytes = key.bytes();
        for (int i = 0; i < bytes.length; i++) {
            hash = (hash ^ (bytes[i] & 0xFF)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ bytes.length) * MULTIPLIER;
        return (hash ^ (hash >>> 32)) | 1;
    }
}
