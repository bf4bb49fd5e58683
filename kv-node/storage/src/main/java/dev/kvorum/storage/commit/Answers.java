package dev.kvorum.storage.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The answers owed for the batch under way, one growing array per listener. A node has a handful of listeners. */
final class Answers {

    private static final int FIRST_CAPACITY = 32;

    private final List<Owed> owed = new ArrayList<>();
    private int operations;

    void add(WriteOp op) {
        owedTo(op.listener()).add(op.opId());
        operations++;
    }

    int operations() {
        return operations;
    }

    void committed() {
        for (Owed answer : take()) {
            answer.listener.committed(answer.opIds, answer.count);
        }
    }

    void failed(Throwable cause) {
        for (Owed answer : take()) {
            answer.listener.failed(answer.opIds, answer.count, cause);
        }
    }

    private List<Owed> take() {
        List<Owed> taken = List.copyOf(owed);
        owed.clear();
        operations = 0;
        return taken;
    }

    @SuppressWarnings(
            "ReferenceEquality") // one listener per loop: whoever submitted is answered, not whoever equals it
    private Owed owedTo(CommitListener listener) {
        for (int at = owed.size() - 1; at >= 0; at--) {
            Owed candidate = owed.get(at);
            if (candidate.listener == listener) {
                return candidate;
            }
        }
        Owed fresh = new Owed(listener);
        owed.add(fresh);
        return fresh;
    }

    private static final class Owed {
        private final CommitListener listener;
        private long[] opIds = new long[FIRST_CAPACITY];
        private int count;

        Owed(CommitListener listener) {
            this.listener = listener;
        }

        void add(long opId) {
            if (count == opIds.length) {
                opIds = Arrays.copyOf(opIds, 2 * count);
            }
            opIds[count++] = opId;
        }
    }
}
