package dev.kvorum.local.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param revision its place in the order of all changes
 * @param object the object after it; of a deletion the last state, at the deletion's revision
 * @param previous the object before it, null when it was created
 */
public record Change(
        long revision,
        Kind kind,
        ObjectKey key,
        ObjectNode object,
        @Nullable ObjectNode previous) {

    /** The words of a watch. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED
    }
}
