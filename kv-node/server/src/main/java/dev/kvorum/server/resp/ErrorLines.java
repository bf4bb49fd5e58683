package dev.kvorum.server.resp;

import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Outcome;

/**
 * The error line of each failure: a prefix that clients act on, then the stable code and the detail. A prefix that
 * clients retry by themselves ({@code CLUSTERDOWN}, {@code LOADING}, {@code READONLY}) is used only when nothing was
 * applied.
 */
final class ErrorLines {

    static final String WRONG_TYPE = "WRONGTYPE Operation against a key holding the wrong kind of value";

    private ErrorLines() {}

    static String of(Failed failed) {
        return prefix(failed.code(), failed.outcome()) + ' ' + failed.code().word() + ' ' + failed.detail();
    }

    private static String prefix(ErrorCode code, Outcome outcome) {
        boolean unknown = outcome == Outcome.UNKNOWN;
        return switch (code) {
            case QUORUM_UNAVAILABLE -> unknown ? "NOQUORUM" : "CLUSTERDOWN";
            case STARTING, FENCED -> unknown ? "ERR" : "LOADING";
            case STORAGE_FULL -> unknown ? "ERR" : "READONLY";
            case OVERLOADED -> unknown ? "ERR" : "BUSY";
            case TIMEOUT -> "TIMEOUT";
            case WRONG_KIND -> "WRONGTYPE";
            case BAD_REQUEST,
                    KEY_TOO_LARGE,
                    VALUE_TOO_LARGE,
                    BUCKET_UNKNOWN,
                    SIBLING_LIMIT,
                    SESSION_BEHIND,
                    POSSIBLE_LOSS -> "ERR";
        };
    }
}
