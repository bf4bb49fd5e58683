package dev.kvorum.local.objects;

import dev.kvorum.local.ownership.Writer.Operation;

/**
 * How a write is meant.
 *
 * @param manager in whose name the fields are set
 * @param operation by an apply or by anything else
 * @param door which part of the object it is for
 * @param unknown what to do about fields that the schema does not name
 * @param effect whether it is only tried
 */
public record WriteOptions(String manager, Operation operation, Door door, Unknown unknown, Effect effect) {

    /** The main door ignores the status, where that is a subresource; the status door ignores all else. */
    public enum Door {
        MAIN(""),
        STATUS("status"),
        SCALE("scale");

        private final String subresource;

        Door(String subresource) {
            this.subresource = subresource;
        }

        public String subresource() {
            return subresource;
        }
    }

    /** The values of {@code fieldValidation}. */
    public enum Unknown {
        IGNORE,
        WARN,
        STRICT
    }

    /** The values of {@code dryRun}. */
    public enum Effect {
        STORED,
        DRY_RUN
    }

    /** A write by a part of this program. */
    public static WriteOptions by(String manager) {
        return new WriteOptions(manager, Operation.UPDATE, Door.MAIN, Unknown.STRICT, Effect.STORED);
    }

    public WriteOptions through(Door other) {
        return new WriteOptions(manager, operation, other, unknown, effect);
    }

    public WriteOptions as(Operation other) {
        return new WriteOptions(manager, other, door, unknown, effect);
    }
}
