package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.Send;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Numbers stores, and holds back what may not leave before a store is durable. Stores become durable in order, so a
 * packet that waits for one waits for all before it.
 */
final class Outbox {

    /** More would mean a disk that stands still; losing the oldest is like losing them on the way. */
    private static final int MOST_HELD = 4_096;

    private record Held(long opId, ConsensusPacket packet) {}

    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private long lastOp;
    private long storedOp;

    long nextOp() {
        return ++lastOp;
    }

    long lastOp() {
        return lastOp;
    }

    boolean isStored(long opId) {
        return opId <= storedOp;
    }

    void sendOnce(long opId, ConsensusPacket packet, Consumer<? super ConsensusEffect> out) {
        if (isStored(opId)) {
            out.accept(new Send(packet));
            return;
        }
        if (held.size() == MOST_HELD) {
            held.removeFirst();
        }
        held.add(new Held(opId, packet));
    }

    /** What waits was said in a term that is over: nobody needs it, and a later store may have cut what it tells of. */
    void forgetHeld() {
        held.clear();
    }

    void onStored(long opId, Consumer<? super ConsensusEffect> out) {
        storedOp = Math.max(storedOp, opId);
        while (!held.isEmpty() && isStored(held.getFirst().opId)) {
            out.accept(new Send(held.removeFirst().packet));
        }
    }

    /** A store that is on its way, by its distance from the last; 0 for one that is durable. */
    long distance(long opId) {
        return isStored(opId) ? 0 : lastOp - opId + 1;
    }

    void describe(WireWriter out) {
        out.putVar(held.size());
        for (Held one : held) {
            out.putVar(distance(one.opId)).putBytes(ConsensusCodec.encode(one.packet));
        }
    }
}
