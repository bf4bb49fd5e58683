package dev.kvorum.server.node;

import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.server.door.Standing;
import org.jspecify.annotations.Nullable;

/** Why a node of some standing takes no requests, as clients are told. */
final class Refusals {

    private Refusals() {}

    /** Null when the machines are to judge. */
    static @Nullable Failed of(Standing standing) {
        return switch (standing.state()) {
            case READY, RECOVERING -> null;
            case FENCED -> Failed.notApplied(ErrorCode.FENCED, "this node is fenced: " + standing.reason());
            case STARTING, EMPTY ->
                Failed.notApplied(ErrorCode.STARTING, "this node is not ready: " + standing.reason());
            case DRAINING -> Failed.notApplied(ErrorCode.STARTING, "this node is about to stop: ask another");
        };
    }
}
