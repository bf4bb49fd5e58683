package dev.kvorum.server.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The keys of one slot that belong to one page of a walk, in the order of their numbers. A slot is taken whole unless
 * it holds too many keys, as one tag for all keys makes it; then those with the lowest numbers come first, and the walk
 * goes on behind them. Keys that come and go do not change the number of any other, so the walk needs no memory.
 */
final class SlotKeys {

    /** One more than the highest number of a key. */
    static final long NUMBERS = 1L << 34;

    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long from;
    private final int most;
    private final List<byte[]> atFrom = new ArrayList<>();
    private final PriorityQueue<Numbered> lowest =
            new PriorityQueue<>(Comparator.comparingLong(Numbered::number).reversed());
    private long bound = NUMBERS;

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Numbered(byte[] key, long number) {}

    /**
     * @param from the lowest number that this page takes
     * @param most how many keys it takes, but all that share the number {@code from}
     */
    SlotKeys(long from, int most) {
        this.from = from;
        this.most = most;
    }

    /** The number of a key; the seed keeps clients from choosing keys of one number. */
    static long number(byte[] key, long seed) {
        long hash = seed;
        for (byte each : key) {
            hash = (hash ^ each) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 32) * MIX;
        return (hash ^ hash >>> 29) >>> 30;
    }

    void add(byte[] key, long number) {
        if (number == from) {
            atFrom.add(key);
        } else if (number > from && number < bound) {
            lowest.add(new Numbered(key, number));
            if (lowest.size() > most) {
                bound = lowest.remove().number();
            }
        }
    }

    /** The number at which the next page of this slot begins; {@link #NUMBERS} when there is none. */
    long bound() {
        return bound;
    }

    List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>(atFrom);
        for (Numbered each : lowest) {
            if (each.number() < bound) {
                keys.add(each.key());
            }
        }
        return keys;
    }
}
