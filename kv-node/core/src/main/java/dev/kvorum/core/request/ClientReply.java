package dev.kvorum.core.request;

import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Version;
import org.jspecify.annotations.Nullable;

/** The answer to a {@link ClientRequest}. */
public sealed interface ClientReply {

    /** A read: the whole object as R replicas have it; without a live sibling the client is told "absent". */
    record Value(KvObject object, long nowHlcMs, Achieved achieved) implements ClientReply {}

    /**
     * A write that W replicas hold.
     *
     * @param context what the client may overwrite with its next write
     * @param contextHlc the stamp to hand back with that context
     * @param digest the ETag of the state that the write left at the coordinator
     * @param previous the object before this write, as the coordinator had it
     * @param nowHlcMs the instant by which {@code previous} is judged live or expired
     */
    record Written(Version context, long contextHlc, long digest, KvObject previous, long nowHlcMs, Achieved achieved)
            implements ClientReply {}

    /** The condition did not hold, so nothing was written; carries the object that it was judged by. */
    record ConditionFailed(KvObject object, long nowHlcMs, Achieved achieved) implements ClientReply {}

    /**
     * Nothing can be promised.
     *
     * @param retryAfterMs how long to wait before another try, 0 where waiting does not help
     */
    record Failed(ErrorCode code, Outcome outcome, String detail, int retryAfterMs) implements ClientReply {

        /** A refusal that left nothing behind. */
        public static Failed notApplied(ErrorCode code, String detail) {
            return new Failed(code, Outcome.NOT_APPLIED, detail, retryAfterMs(code));
        }

        /** A failure after which the write may or may not be there. */
        public static Failed unknown(ErrorCode code, String detail) {
            return new Failed(code, Outcome.UNKNOWN, detail, retryAfterMs(code));
        }

        private static int retryAfterMs(ErrorCode code) {
            return switch (code) {
                case QUORUM_UNAVAILABLE, SESSION_BEHIND, OVERLOADED, STARTING -> 200;
                case STORAGE_FULL, FENCED, POSSIBLE_LOSS -> 1_000;
                case BAD_REQUEST, KEY_TOO_LARGE, VALUE_TOO_LARGE, BUCKET_UNKNOWN, SIBLING_LIMIT, WRONG_KIND, TIMEOUT ->
                    0;
            };
        }
    }

    /** The failure, or null when the request succeeded. */
    default @Nullable Failed failure() {
        return this instanceof Failed failed ? failed : null;
    }
}
