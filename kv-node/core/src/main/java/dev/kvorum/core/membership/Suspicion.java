package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * The time that a suspect has to refute: long while one node alone accuses it, shorter with each independent
 * confirmation, by Lifeguard's formula (section 4.B) {@code most − (most − least) · log(C + 1) / log(K + 1)}.
 */
final class Suspicion {

    private final List<NodeId> accusers = new ArrayList<>();
    private final long leastMs;
    private final long mostMs;
    private final int expected;
    private long startMs;

    /**
     * @param expected the confirmations after which nothing is left to wait for but {@code leastMs}; 0 when there is
     *     nobody who could confirm
     */
    Suspicion(long startMs, long leastMs, long mostMs, int expected, NodeId accuser) {
        this.startMs = startMs;
        this.leastMs = leastMs;
        this.mostMs = mostMs;
        this.expected = expected;
        accusers.add(accuser);
    }

    /** Counts the accuser unless it is known already or nothing is left to shorten; tells whether it counted. */
    boolean confirm(NodeId accuser) {
        if (confirmations() >= expected || accusers.contains(accuser)) {
            return false;
        }
        accusers.add(accuser);
        return true;
    }

    /** A planted mistake: counts whoever speaks. */
    boolean confirmBlindly(NodeId accuser) {
        return confirmations() < expected && accusers.add(accuser);
    }

    int confirmations() {
        return accusers.size() - 1;
    }

    long deadlineMs() {
        if (expected == 0) {
            return startMs + leastMs;
        }
        long shrunk = (mostMs - leastMs) * log2(confirmations() + 1) / log2(expected + 1);
        return startMs + Math.max(leastMs, mostMs - shrunk);
    }

    /** Takes out a gap that ended just now; a suspicion that began after it, from what had waited, begins now. */
    void putOff(long nowMs, long gapMs) {
        startMs = Math.min(nowMs, startMs + gapMs);
    }

    /** The base-2 logarithm of a number from 1 to 2^20, in 1/1024, by repeated squaring. */
    static long log2(int value) {
        int whole = 31 - Integer.numberOfLeadingZeros(value);
        long mantissa = ((long) value << 20) >> whole;
        long result = whole;
        for (int bit = 0; bit < 10; bit++) {
            mantissa = (mantissa * mantissa) >> 20;
            result <<= 1;
            if (mantissa >= 2L << 20) {
                mantissa >>= 1;
                result |= 1;
            }
        }
        return result;
    }
}
