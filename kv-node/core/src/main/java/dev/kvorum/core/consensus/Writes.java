package dev.kvorum.core.consensus;

import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayDeque;

/** Which entries a crash would leave: each store of entries counts once it is durable, as far as it was not cut off. */
final class Writes {

    private static final class Write {
        final long opId;
        long throughIndex;

        Write(long opId, long throughIndex) {
            this.opId = opId;
            this.throughIndex = throughIndex;
        }
    }

    private final ArrayDeque<Write> pending = new ArrayDeque<>();
    private long durable;

    long durable() {
        return durable;
    }

    void recover(long lastIndex) {
        durable = lastIndex;
    }

    void add(long opId, long throughIndex) {
        pending.add(new Write(opId, throughIndex));
    }

    void cutFrom(long index) {
        durable = Math.min(durable, index - 1);
        for (Write write : pending) {
            write.throughIndex = Math.min(write.throughIndex, index - 1);
        }
    }

    /** Nothing before this store counts any more. */
    void replaceAll(long opId, long throughIndex) {
        pending.clear();
        durable = 0;
        add(opId, throughIndex);
    }

    void onStored(long opId) {
        while (!pending.isEmpty() && pending.getFirst().opId <= opId) {
            durable = Math.max(durable, pending.removeFirst().throughIndex);
        }
    }

    void describe(long lastOp, WireWriter out) {
        out.putVar(durable).putVar(pending.size());
        pending.forEach(write -> out.putVar(lastOp - write.opId).putVar(write.throughIndex));
    }
}
