package dev.kvorum.core.consensus;

/**
 * A place in a log: which entry, by index and term. Two logs that agree on one place agree on everything before it.
 *
 * @param index from 1 on; 0 is the place before the first entry
 * @param term of the leader that made the entry; 0 at index 0
 */
public record Position(long index, long term) implements Comparable<Position> {

    /** Before the first entry. */
    public static final Position START = new Position(0, 0);

    public Position {
        if (index < 0 || term < 0) {
            throw new IllegalArgumentException("a log position is not negative, not " + index + " of term " + term);
        }
    }

    /** Which of two logs is more up to date, by where they end (3.6.1): the later term, then the longer. */
    @Override
    public int compareTo(Position that) {
        int byTerm = Long.compare(term, that.term);
        return byTerm != 0 ? byTerm : Long.compare(index, that.index);
    }

    @Override
    public String toString() {
        return index + "@" + term;
    }
}
