package dev.kvorum.core.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Values under positive numbers, without boxing: open addressing with linear probing, half full at most. The numbers
 * are handed out in sequence, so they are spread by a multiplication.
 */
final class LongMap<V> {

    private long[] keys = new long[64];
    private @Nullable Object[] values = new @Nullable Object[64];
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V get(long key) {
        int at = find(key);
        return keys[at] == key ? (V) values[at] : null;
    }

    void put(long key, V value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = find(key);
        if (keys[at] != key) {
            keys[at] = key;
            size++;
        }
        values[at] = value;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V remove(long key) {
        int at = find(key);
        if (keys[at] != key) {
            return null;
        }
        V removed = (V) values[at];
        close(at);
        size--;
        return removed;
    }

    /** Whether the test holds for any value of a number up to the last. */
    @SuppressWarnings("unchecked")
    boolean anyUpTo(long last, Predicate<? super V> test) {
        for (int at = 0; at < keys.length; at++) {
            if (keys[at] != 0 && keys[at] <= last && test.test((V) Objects.requireNonNull(values[at]))) {
                return true;
            }
        }
        return false;
    }

    /** All values, in the order in which their numbers were handed out. */
    @SuppressWarnings("unchecked")
    List<V> inOrder() {
        long[] sorted = new long[size];
        int count = 0;
        for (long key : keys) {
            if (key != 0) {
                sorted[count++] = key;
            }
        }
        Arrays.sort(sorted);
        List<V> ordered = new ArrayList<>(size);
        for (long key : sorted) {
            ordered.add((V) Objects.requireNonNull(values[find(key)]));
        }
        return ordered;
    }

    /** Moves later members of the probe run back over the freed place, so that no look-up stops short of them. */
    private void close(int freed) {
        int mask = keys.length - 1;
        int gap = freed;
        for (int at = (gap + 1) & mask; keys[at] != 0; at = (at + 1) & mask) {
            int home = home(keys[at]);
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                keys[gap] = keys[at];
                values[gap] = values[at];
                gap = at;
            }
        }
        keys[gap] = 0;
        values[gap] = null;
    }

    private int find(long key) {
        int at = home(key);
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    /** The highest bits of the product: the lower ones repeat for numbers that are a power of two apart. */
    private int home(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> (Long.numberOfLeadingZeros(keys.length) + 1));
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new @Nullable Object[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = find(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
