package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.ReadReady;
import dev.kvorum.core.consensus.ConsensusEffect.Refused;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Linearizable reads without the log (dissertation 6.4): the commit index at the begin of a round of heartbeats is
 * fresh enough once a majority has answered that round. One round at a time; whoever comes meanwhile takes the next.
 */
final class Reads {

    /** Confirmed, and ready once so much is applied. */
    private record Confirmed(long requestId, long index) {}

    private final Own own;
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private final List<Long> asking = new ArrayList<>();
    private final ArrayDeque<Confirmed> confirmed = new ArrayDeque<>();
    private long round;
    private long index;

    Reads(Own own) {
        this.own = own;
    }

    int size() {
        return waiting.size() + asking.size() + confirmed.size();
    }

    /** The round that heartbeats carry. */
    long round() {
        return round;
    }

    boolean isAsking() {
        return !asking.isEmpty();
    }

    void add(long requestId) {
        waiting.add(requestId);
    }

    /** Begins a round if there is reason to; tells whether heartbeats should leave for it. */
    boolean begin() {
        if (isAsking() || waiting.isEmpty()) {
            return false;
        }
        if (!own.hasCommittedInTerm() && !own.has(ConsensusFlaw.READ_WITHOUT_NO_OP)) {
            return false; // an earlier leader may have answered for more than we know to be committed
        }
        round++;
        index = own.commit();
        asking.addAll(waiting);
        waiting.clear();
        return true;
    }

    /** A majority has answered the round. */
    void confirm() {
        asking.forEach(requestId -> confirmed.add(new Confirmed(requestId, index)));
        asking.clear();
    }

    void release(long appliedIndex, Consumer<? super ConsensusEffect> out) {
        while (!confirmed.isEmpty() && confirmed.getFirst().index <= appliedIndex) {
            out.accept(new ReadReady(confirmed.removeFirst().requestId));
        }
    }

    void refuseAll(Refusal refusal, Consumer<? super ConsensusEffect> out) {
        confirmed.forEach(read -> out.accept(new Refused(read.requestId, refusal)));
        asking.forEach(requestId -> out.accept(new Refused(requestId, refusal)));
        waiting.forEach(requestId -> out.accept(new Refused(requestId, refusal)));
    }

    void describe(WireWriter out) {
        out.putVar(round).putVar(index).putVar(waiting.size());
        waiting.forEach(out::putVar);
        out.putVar(asking.size());
        asking.forEach(out::putVar);
        out.putVar(confirmed.size());
        confirmed.forEach(read -> out.putVar(read.index).putVar(read.requestId));
    }
}
