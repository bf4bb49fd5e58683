package dev.kvorum.core.consensus;

import org.jspecify.annotations.Nullable;

/** A leader's state on its way to one replica, piece by piece, each after the one before it was taken. */
final class Transfer {

    final long id;

    /** Of the state that is sent; null until its first piece is loaded. */
    @Nullable
    Mark mark;

    long offset;
    long askedMs;

    Transfer(long id, long nowMs) {
        this.id = id;
        askedMs = nowMs;
    }

    /** Whether the other has this state, or has found its way to the log without it. */
    boolean isDone(long match, Position base) {
        return match >= base.index() || (mark != null && match >= mark.index());
    }

    boolean isOf(long markIndex) {
        return mark != null && mark.index() == markIndex;
    }
}
