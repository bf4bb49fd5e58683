package dev.kvorum.server;

import dev.kvorum.server.config.InvalidConfiguration;
import dev.kvorum.server.config.StoreConfig;
import io.netty.util.internal.PlatformDependent;

/** Whether what is configured fits into the memory that this JVM allows outside its heap. */
final class DirectMemory {

    /** What buffers of the network take beside the cache. */
    private static final long BUFFERS_BYTES = 16 << 20;

    private DirectMemory() {}

    /** What {@code -XX:MaxDirectMemorySize} allows; without it, as much as the heap. */
    static long mostBytes() {
        return PlatformDependent.estimateMaxDirectMemory();
    }

    /**
     * Refuses at the start what would fail only once the cache is full.
     *
     * @throws InvalidConfiguration when the cache does not fit
     */
    static void check(StoreConfig store, long mostBytes) {
        if (store.objectCacheBytes() > mostBytes - BUFFERS_BYTES) {
            throw new InvalidConfiguration("objectCacheBytes is " + store.objectCacheBytes() + ", and this JVM allows "
                    + mostBytes + " bytes outside its heap, of which " + BUFFERS_BYTES
                    + " are for the network: lower it, or raise -XX:MaxDirectMemorySize");
        }
    }
}
