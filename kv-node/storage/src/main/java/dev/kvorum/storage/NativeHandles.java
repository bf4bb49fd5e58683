package dev.kvorum.storage;

import java.util.ArrayDeque;
import java.util.Deque;

/** Owns native objects and closes them in reverse order of their making, which RocksDB demands. */
final class NativeHandles implements AutoCloseable {

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    <T extends AutoCloseable> T own(T handle) {
        owned.push(handle);
        return handle;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            closeOne(owned.pop());
        }
    }

    private static void closeOne(AutoCloseable handle) {
        try {
            handle.close();
        } catch (RuntimeException bug) {
            throw bug;
        } catch (Exception checked) {
            throw new IllegalStateException("a native handle did not close", checked);
        }
    }
}
