package dev.kvorum.core.consensus;

/**
 * A place in the log with the configuration in force there. The shell stores one in the same atomic batch as the state
 * that it has applied, and one heads every snapshot: the state at a mark replaces the log up to it (dissertation 5.1).
 */
public record Mark(Position position, Configuration configuration) {

    /** Where a replica begins: nothing applied, and as configuration what founded the group, or nobody. */
    public static Mark start(Configuration founding) {
        return new Mark(Position.START, founding);
    }

    public long index() {
        return position.index();
    }
}
