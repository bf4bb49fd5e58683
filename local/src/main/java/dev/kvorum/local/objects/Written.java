package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The outcome of a write.
 *
 * @param object as stored
 * @param outcome what happened
 * @param warnings for the user, one sentence each
 */
public record Written(ObjectNode object, Outcome outcome, List<String> warnings) {

    /** What a write did. */
    public enum Outcome {
        CREATED,
        CHANGED,
        UNCHANGED,
        REMOVED
    }
}
