package dev.kvorum.sim.world;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;

/**
 * What a run leaves behind: a hash over everything that happened, equal in every JVM, and, where somebody wants to read
 * it, the last lines.
 */
public final class Trail {

    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final int mostLines;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long hash = ODD;

    private Trail(int mostLines) {
        this.mostLines = mostLines;
    }

    /** Only the hash. */
    public static Trail silent() {
        return new Trail(0);
    }

    /** The hash and the last lines. */
    public static Trail telling(int mostLines) {
        return new Trail(mostLines);
    }

    public long hash() {
        return hash;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Whether lines are kept; makes lines worth building. */
    public boolean tells() {
        return mostLines > 0;
    }

    public void mix(long number) {
        long product = (hash ^ number) * ODD;
        hash = product ^ (product >>> 32);
    }

    public void tell(long nowUs, String line) {
        if (lines.size() == mostLines) {
            lines.removeFirst();
        }
        lines.addLast(String.format(Locale.ROOT, "%,13d µs  %s", nowUs, line));
    }
}
