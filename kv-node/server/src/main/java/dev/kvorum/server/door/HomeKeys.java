package dev.kvorum.server.door;

import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.version.Sibling;
import io.vertx.core.Future;
import java.util.List;

/**
 * The live keys of the slots whose home this node is, as its own store has them. Called on the loop of a door; answers
 * later, on the same loop. Reading goes on beside the requests and never holds them up.
 */
public interface HomeKeys {

    /** Where a walk over all keys begins, and what {@link Answer.Page#cursor} is when it has ended. */
    long START = 0;

    /** The highest cursor that a page may carry. */
    long CURSOR_MOST = (1L << 48) - 1;

    /**
     * Some keys, and where to go on. From {@link #START} to the end each key that is live all the while comes exactly
     * once, on whatever connections the pages are asked for; one that comes or goes meanwhile comes at most once.
     *
     * @param most about how many keys; more when a slot is read whole
     */
    Future<Answer> page(int bucket, long cursor, int most, Wanted wanted);

    /** How many keys the slots {@code first} to {@code last} have. */
    Future<Answer> count(int bucket, int first, int last);

    /** Chooses keys; called on another thread, with the newest live value. */
    @FunctionalInterface
    interface Wanted {
        boolean test(byte[] key, Sibling newest);
    }

    /** What became of a question. */
    sealed interface Answer {

        /** Keys in no order. */
        record Page(List<byte[]> keys, long cursor) implements Answer {}

        record Counted(long keys) implements Answer {}

        /** The store could not tell. */
        record Refused(Failed failed) implements Answer {}
    }
}
