package dev.kvorum.core.ring;

/**
 * The slot of a key: CRC16 (XMODEM: polynomial 0x1021, start 0) of the key, or of its hash tag, modulo 16,384. The
 * function of Redis Cluster (its specification, "Key distribution model"), so that every Redis Cluster client computes
 * it.
 */
public final class Slots {

    /** How many slots there are; shards are contiguous ranges of them. */
    public static final int COUNT = 16_384;

    private static final int POLYNOMIAL = 0x1021;
    private static final char[] TABLE = table();

    private Slots() {}

    /**
     * The slot of {@code key}, 0 to 16,383. When the key holds a <code>{</code> and the next <code>}</code> after it
     * leaves something between them, only that tag counts: keys with equal tags share a slot.
     */
    public static int slotOf(byte[] key) {
        int open = indexOf(key, '{', 0);
        if (open < key.length) {
            int close = indexOf(key, '}', open + 1);
            if (close < key.length && close > open + 1) {
                return crc16(key, open + 1, close) % COUNT;
            }
        }
        return crc16(key, 0, key.length) % COUNT;
    }

    /** CRC16 (XMODEM) of the bytes from {@code start} up to but not including {@code end}. */
    static int crc16(byte[] bytes, int start, int end) {
        int crc = 0;
        for (int i = start; i < end; i++) {
            crc = ((crc << 8) & 0xFFFF) ^ TABLE[(crc >>> 8) ^ (bytes[i] & 0xFF)];
        }
        return crc;
    }

    private static int indexOf(byte[] key, char wanted, int start) {
        int at = start;
        while (at < key.length && key[at] != wanted) {
            at++;
        }
        return at;
    }

    private static char[] table() {
        char[] table = new char[256];
        for (int index = 0; index < table.length; index++) {
            int crc = index << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            table[index] = (char) crc;
        }
        return table;
    }
}
