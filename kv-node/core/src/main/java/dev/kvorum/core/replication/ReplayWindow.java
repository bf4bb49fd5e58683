package dev.kvorum.core.replication;

import java.util.Arrays;

/**
 * Which forwarded requests of one sender were taken already, in the manner of IPsec's anti-replay window (RFC 4303
 * §3.4.3): the newest number, and one bit for each of the {@value #WIDTH} before it. Anything older counts as repeated.
 */
final class ReplayWindow {

    private static final int WIDTH = 8_192;

    private final long[] bits = new long[WIDTH / 64];
    private long session;
    private long formerSession;
    private long newest;

    /** Whether this is the first time that the number comes from this session; the number is taken from now on. */
    boolean take(long senderSession, long id) {
        if (senderSession == formerSession) {
            return false;
        }
        if (senderSession != session) {
            restart(senderSession, id);
        }
        if (id > newest) {
            advance(id);
        } else if (newest - id >= WIDTH || isSet(id)) {
            return false;
        }
        set(id);
        return true;
    }

    private void restart(long senderSession, long id) {
        formerSession = session;
        session = senderSession;
        newest = Math.max(0, id - 1);
        Arrays.fill(bits, 0);
    }

    private void advance(long id) {
        if (id - newest >= WIDTH) {
            Arrays.fill(bits, 0);
        } else {
            for (long skipped = newest + 1; skipped <= id; skipped++) {
                bits[word(skipped)] &= ~bit(skipped);
            }
        }
        newest = id;
    }

    private boolean isSet(long id) {
        return (bits[word(id)] & bit(id)) != 0;
    }

    private void set(long id) {
        bits[word(id)] |= bit(id);
    }

    private static int word(long id) {
        return (int) (id % WIDTH) >>> 6;
    }

    private static long bit(long id) {
        return 1L << (id & 63);
    }
}
