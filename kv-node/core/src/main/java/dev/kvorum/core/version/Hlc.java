package dev.kvorum.core.version;

/**
 * Hybrid logical clock: 48 bits of wall-clock milliseconds, then 16 bits that count within one. A stamp is always above
 * the one it follows, and stays near the wall clock as long as clocks do. Stamps are compared as signed numbers.
 *
 * <p>Source: Kulkarni, Demirbas, Madappa, Avva, Leone: "Logical Physical Clocks", 2014.
 */
public final class Hlc {

    private static final int COUNTER_BITS = 16;

    private Hlc() {}

    /**
     * The stamp of the next event.
     *
     * @param nowWallMs the wall clock, in milliseconds since 1970; may jump in either direction
     * @param last the highest stamp that the event follows: issued here, stored, or shown to the client
     * @return the first stamp of this millisecond, or the one after {@code last} when that is higher; a counter that
     *     overflows carries into the milliseconds
     */
    public static long next(long nowWallMs, long last) {
        return Math.max(Math.max(0, nowWallMs) << COUNTER_BITS, last + 1);
    }

    /** The wall-clock part of a stamp, in milliseconds since 1970. */
    public static long millis(long hlc) {
        return hlc >>> COUNTER_BITS;
    }
}
