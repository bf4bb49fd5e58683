package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;
import org.jspecify.annotations.Nullable;

/** One command that has no answer yet, at the node that took it or at the leader. */
final class Waiting {

    /** Who is to be told. */
    sealed interface Asker {
        record Door(long ticket) implements Asker {}

        record Peer(NodeId node) implements Asker {}

        record Own(Purpose purpose) implements Asker {}
    }

    /** Why this node asks by itself. */
    enum Purpose {
        REGISTRATION,
        BARRIER,
        FOUNDING,
        VOTERS
    }

    final Submission submission;
    final Asker asker;
    final long deadlineMs;
    long nextTryMs;
    int hops;
    boolean sent;

    @Nullable
    NodeId hint;

    Waiting(Submission submission, Asker asker, long deadlineMs) {
        this.submission = submission;
        this.asker = asker;
        this.deadlineMs = deadlineMs;
    }
}
