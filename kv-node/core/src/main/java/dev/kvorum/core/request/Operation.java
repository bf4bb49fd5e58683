package dev.kvorum.core.request;

import dev.kvorum.core.version.Kind;

/** What to do with one key. */
public sealed interface Operation {

    /** Reads the siblings and their version. */
    record Read() implements Operation {}

    /** An operation that leaves a new dot behind, if its condition holds. */
    sealed interface Write extends Operation {
        Condition condition();
    }

    /**
     * Replaces what the context covers (without one: what the home has seen) by this value.
     *
     * @param value never modified after it was handed in
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody: the hot path hands it through
    record Put(Kind kind, String contentType, byte[] value, Expiry expiry, Condition condition) implements Write {}

    /** Writes a tombstone over what the context covers (without one: what the home has seen). */
    record Delete(Condition condition) implements Write {}

    /** Writes the newest live value again under another expiry; does nothing where there is none. */
    record Expire(Expiry expiry, Condition condition) implements Write {}
}
