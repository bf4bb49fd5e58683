package dev.kvorum.core.consensus;

import java.util.List;

/**
 * What a starting replica finds on its disk.
 *
 * @param applied stored with the applied state; {@link Mark#start} in a new replica
 * @param entries the log in order, without gaps; may begin anywhere up to the entry after {@code applied}
 */
public record Saved(HardState hardState, Mark applied, List<Entry> entries) {

    public Saved {
        entries = List.copyOf(entries);
    }

    /** Of a replica without a past: a founding voter knows all founding voters, any other nobody. */
    public static Saved nothing(Configuration founding) {
        return new Saved(HardState.NEW, Mark.start(founding), List.of());
    }
}
