package dev.kvorum.sim.search;

import java.util.Arrays;

/** The states that were met, by 64-bit hashes: of 50 million, one is mistaken for another once in 10,000 runs. */
final class Visited {

    private long[] slots = new long[1 << 20];
    private long size;

    long size() {
        return size;
    }

    /** Tells whether it is new. */
    boolean add(int[] state) {
        if (size * 2 > slots.length) {
            grow();
        }
        if (!put(slots, hash(state))) {
            return false;
        }
        size++;
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (long hash : slots) {
            if (hash != 0) {
                put(larger, hash);
            }
        }
        Arrays.fill(slots, 0);
        slots = larger;
    }

    private static boolean put(long[] slots, long hash) {
        int at = (int) (hash >>> 20) & (slots.length - 1);
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = hash;
        return true;
    }

    private static long hash(int[] state) {
        long hash = state.length;
        for (int part : state) {
            hash = (hash ^ part) * 0x9E3779B97F4A7C15L;
            hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
            hash ^= hash >>> 32;
        }
        return hash == 0 ? 1 : hash;
    }
}
