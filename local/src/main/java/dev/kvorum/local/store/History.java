package dev.kvorum.local.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The latest changes, as many as fit. A tree in memory takes some 180 bytes for each of its values, and a pod has
 * hundreds: a number of changes alone would fill the heap of a cluster that runs for hours.
 */
final class History {

    static final int MOST_CHANGES = 5_000;
    static final int MOST_VALUES = 150_000;

    private record Remembered(Change change, int values) {}

    private final Deque<Remembered> latest = new ArrayDeque<>();
    private int values;
    private long forgotten;

    /**
     * @param forgotten the revision up to which nothing is known
     */
    History(long forgotten) {
        this.forgotten = forgotten;
    }

    void add(Change change) {
        Remembered added = new Remembered(change, valuesOf(change.object()));
        latest.addLast(added);
        values += added.values;
        while (latest.size() > 1 && (latest.size() > MOST_CHANGES || values > MOST_VALUES)) {
            Remembered first = latest.removeFirst();
            values -= first.values;
            forgotten = first.change.revision();
        }
    }

    /**
     * All changes after this revision, in order.
     *
     * @throws ExpiredException when some of them are forgotten
     */
    List<Change> after(long revision) throws ExpiredException {
        if (revision < forgotten) {
            throw new ExpiredException(revision, forgotten);
        }
        List<Change> newestFirst = new ArrayList<>();
        Iterator<Remembered> back = latest.descendingIterator();
        while (back.hasNext()) {
            Change change = back.next().change;
            if (change.revision() <= revision) {
                break;
            }
            newestFirst.add(change);
        }
        return List.copyOf(newestFirst.reversed());
    }

    private static int valuesOf(JsonNode tree) {
        int values = 1;
        for (JsonNode child : tree) {
            values += valuesOf(child);
        }
        return values;
    }
}
