package dev.kvorum.server.node;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** By which epoch all loops of a node act wholly: the least of theirs. Lives on the control context. */
final class LoopsSettled {

    private final int loops;
    private final Map<Loop, Long> epochs = new HashMap<>();

    LoopsSettled(int loops) {
        this.loops = loops;
    }

    /**
     * A loop has left nothing of what was before this epoch.
     *
     * @param all hears up to where that holds for every loop
     */
    void put(Loop loop, long epoch, LongConsumer all) {
        epochs.put(loop, epoch);
        if (epochs.size() == loops) {
            all.accept(Collections.min(epochs.values()));
        }
    }
}
