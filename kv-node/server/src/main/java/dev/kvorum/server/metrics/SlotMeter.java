package dev.kvorum.server.metrics;

import dev.kvorum.core.ring.Slots;
import java.util.concurrent.atomic.AtomicLongArray;

/** Requests by slot that came in on one loop. Written by the loop's thread alone, read by any. */
public final class SlotMeter {

    private final AtomicLongArray requests = new AtomicLongArray(Slots.COUNT);

    SlotMeter() {}

    /** Counts a request for a key of this slot. */
    public void asked(int slot) {
        requests.setOpaque(slot, requests.getPlain(slot) + 1);
    }

    /** Adds the requests of each shard to {@code shards}, whose length says how many there are. */
    void addTo(long[] shards) {
        int slotsPerShard = Slots.COUNT / shards.length;
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            shards[slot / slotsPerShard] += requests.getOpaque(slot);
        }
    }
}
