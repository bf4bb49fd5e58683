package dev.kvorum.server.node;

import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.PageLimits;
import dev.kvorum.storage.Scan;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the slots whose home this node is, read from the store in the order of slots. Blocks; for one worker
 * thread.
 */
final class HomeEntries {

    private static final PageLimits CHUNK = new PageLimits(256, 1 << 20);

    private final NodeStorage storage;
    private final IntPredicate isHome;
    private final int end;
    private int rangeFrom;
    private int rangeEnd;
    private byte @Nullable [] cursor;
    private Iterator<Scan.Entry> chunk = List.<Scan.Entry>of().iterator();
    private Scan.@Nullable Entry head;

    /**
     * @param isHome tells for each slot from {@code first} to below {@code end} whether it is read
     */
    HomeEntries(NodeStorage storage, IntPredicate isHome, int first, int end) {
        this.storage = storage;
        this.isHome = isHome;
        this.end = end;
        this.rangeEnd = first;
    }

    /**
     * The next entry, which stays the next one; null at the end.
     *
     * @throws IOException when the store cannot tell
     */
    Scan.@Nullable Entry peek() throws IOException {
        while (head == null && (chunk.hasNext() || fill())) {
            head = chunk.hasNext() ? chunk.next() : null;
        }
        return head;
    }

    /** Goes on behind the entry that {@link #peek} showed. */
    void skip() {
        head = null;
    }

    static KvObject object(Scan.Entry entry) throws IOException {
        try {
            return KvObject.decode(entry.value());
        } catch (MalformedException damaged) {
            throw new IOException("a stored object of slot " + entry.slot() + " is damaged", damaged);
        }
    }

    /** Reads on; false when there is nothing left. */
    private boolean fill() throws IOException {
        if (cursor == null && !nextRange()) {
            return false;
        }
        switch (storage.scan(rangeFrom, rangeEnd, Optional.ofNullable(cursor), CHUNK)) {
            case Scan.Page(var entries, var next) -> {
                chunk = entries.iterator();
                cursor = next;
            }
            case Scan.Damaged(var damage) -> throw new IOException(damage.toString());
            case Scan.Closed() -> throw new IOException("the store is closing");
        }
        return true;
    }

    private boolean nextRange() {
        rangeFrom = rangeEnd;
        while (rangeFrom < end && !isHome.test(rangeFrom)) {
            rangeFrom++;
        }
        rangeEnd = rangeFrom;
        while (rangeEnd < end && isHome.test(rangeEnd)) {
            rangeEnd++;
        }
        return rangeFrom < rangeEnd;
    }
}
