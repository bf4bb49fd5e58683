package dev.kvorum.core.consensus;

import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a leader knows of one other replica (dissertation 3.5, 10.2.1). It probes, one message at a time, until the logs
 * agree somewhere; then it streams, some messages ahead of the answers; or it transfers the state.
 */
final class Progress {

    final ReplicaId id;

    /** Held by the other, durably, and equal to the leader's. */
    long match;

    /** The next entry to send. */
    long next;

    boolean streams;
    long heardMs;
    long sentMs;

    /** The latest round of heartbeats that it answered. */
    long round;

    /** The state on its way, while the entries that it needs are not there any more. */
    @Nullable
    Transfer transfer;

    private final ArrayDeque<Long> unanswered = new ArrayDeque<>();

    Progress(ReplicaId id, long next, long nowMs) {
        this.id = id;
        this.next = next;
        heardMs = nowMs;
    }

    boolean maySend(int mostInFlight) {
        return unanswered.size() < (streams ? mostInFlight : 1);
    }

    boolean awaits() {
        return !unanswered.isEmpty();
    }

    /** Entries up to here are on their way. */
    void onSent(long nowMs, long lastIndex) {
        unanswered.add(lastIndex);
        sentMs = nowMs;
        if (streams) {
            next = lastIndex + 1;
        }
    }

    void onAppended(long nowMs, long index) {
        match = Math.max(match, index);
        next = Math.max(next, match + 1);
        if (streams) {
            unanswered.removeIf(sent -> sent <= index);
        } else {
            unanswered.clear();
        }
        streams = true;
        sentMs = nowMs;
    }

    /** Begins to probe from here. */
    void probe(long from) {
        streams = false;
        unanswered.clear();
        next = Math.max(from, match + 1);
    }

    void describe(WireWriter out) {
        id.write(out);
        out.putVar(match).putVar(next).putByte(streams ? 1 : 0).putVar(round).putVar(unanswered.size());
        unanswered.forEach(out::putVar);
        Transfer sent = transfer;
        out.putVar(sent == null ? 0 : 1 + sent.offset);
    }
}
