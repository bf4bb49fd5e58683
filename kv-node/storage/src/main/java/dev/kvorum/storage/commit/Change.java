package dev.kvorum.storage.commit;

import java.util.List;

/**
 * What an operation does to the families. The arrays belong to the change from here on: the caller must not write to
 * them again.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared; a copy would cost on every operation
public sealed interface Change {

    /** The bytes of keys and values that it carries. */
    int sizeBytes();

    /** Sets {@code key} to {@code value}. */
    record Put(Family family, byte[] key, byte[] value) implements Change {
        @Override
        public int sizeBytes() {
            return key.length + value.length;
        }
    }

    /** Removes {@code key}; no error when it is absent. */
    record Delete(Family family, byte[] key) implements Change {
        @Override
        public int sizeBytes() {
            return key.length;
        }
    }

    /** All of these, in order, or none. */
    record Together(List<Change> changes) implements Change {
        public Together {
            changes = List.copyOf(changes);
        }

        @Override
        public int sizeBytes() {
            return changes.stream().mapToInt(Change::sizeBytes).sum();
        }
    }

    /** Removes every key from {@code fromKey} (inclusive) to {@code toKey} (exclusive), in unsigned byte order. */
    record DeleteRange(Family family, byte[] fromKey, byte[] toKey) implements Change {
        @Override
        public int sizeBytes() {
            return fromKey.length + toKey.length;
        }
    }
}
