package dev.kvorum.server.config;

import com.sun.management.OperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;

/**
 * What this process may take.
 *
 * @param allBytes the limit of its container; without one, what the machine has
 * @param outsideHeapBytes what {@code -XX:MaxDirectMemorySize} allows; without it, as much as the heap
 */
public record Memory(long allBytes, long outsideHeapBytes) {

    /** What buffers of the network take beside the cache. */
    private static final long BUFFERS_BYTES = 16 << 20;

    public static Memory ofThisProcess() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Memory(system.getTotalMemorySize(), PlatformDependent.estimateMaxDirectMemory());
    }

    /** What the formula gives to the cache: it grows with what there is, and leaves the network its buffers. */
    long cacheBytes() {
        return Math.min(outsideHeapBytes / 4 * 3, outsideHeapBytes - BUFFERS_BYTES);
    }

    /**
     * The sizes with their formulas worked out. Refuses at the start what would fail only once the cache is full.
     *
     * @throws InvalidConfiguration when the cache does not fit
     */
    StoreConfig shareOut(StoreConfig asked) {
        StoreConfig store = asked.in(this);
        if (store.objectCacheBytes() > outsideHeapBytes - BUFFERS_BYTES) {
            throw new InvalidConfiguration("objectCacheBytes is " + store.objectCacheBytes() + ", and this JVM allows "
                    + outsideHeapBytes + " bytes outside its heap, of which " + BUFFERS_BYTES
                    + " are for the network: lower it, or raise -XX:MaxDirectMemorySize");
        }
        return store;
    }
}
