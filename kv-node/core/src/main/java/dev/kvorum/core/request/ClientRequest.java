package dev.kvorum.core.request;

import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Version;
import org.jspecify.annotations.Nullable;

/**
 * One operation on one key.
 *
 * @param context what the client has been shown of this key; null when it sent none
 * @param contextHlc the highest stamp shown with that context, 0 without one
 * @param timeoutMs what is left until the client gives up, from now
 */
public record ClientRequest(
        Key key,
        Operation operation,
        Levels levels,
        @Nullable Version context,
        long contextHlc,
        int timeoutMs) {

    /** The same with another time to wait. */
    public ClientRequest withTimeoutMs(int leftMs) {
        return new ClientRequest(key, operation, levels, context, contextHlc, leftMs);
    }
}
