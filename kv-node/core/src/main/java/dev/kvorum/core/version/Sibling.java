package dev.kvorum.core.version;

import dev.kvorum.core.step.Invariants;
import java.util.Arrays;

/**
 * One of the concurrent values of a key, or the mark that the key was deleted.
 *
 * <p>Equal by content. The arrays are not copied, in or out: nobody ever modifies them.
 *
 * @param dot names this value, and no other, for ever
 * @param contentType as the client gave it; at most {@link Limits#CONTENT_TYPE_MOST_CHARACTERS}
 * @param expiresAtMs wall-clock milliseconds since 1970 from which on this counts as a tombstone; 0 for never
 * @param hlc the coordinator's stamp, see {@link Hlc}
 * @param requestId the idempotency id of the write, empty for none; at most {@link Limits#REQUEST_ID_MOST_BYTES}; not
 *     part of the {@link KvObject#digest}
 * @param value empty in a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, and copies would cost on every read
public record Sibling(
        Dot dot, Kind kind, String contentType, long expiresAtMs, long hlc, byte[] requestId, byte[] value) {

    private static final byte[] NOTHING = {};

    public Sibling {
        Invariants.check(expiresAtMs >= 0, "expiry %d of %s is negative", expiresAtMs, dot);
        Invariants.check(kind != Kind.TOMBSTONE || value.length == 0, "tombstone %s carries a value", dot);
        Invariants.check(
                contentType.length() <= Limits.CONTENT_TYPE_MOST_CHARACTERS,
                "content type of %d characters",
                contentType.length());
        Invariants.check(requestId.length <= Limits.REQUEST_ID_MOST_BYTES, "request id of %d bytes", requestId.length);
    }

    /** The mark that a key was deleted; {@code requestId} is empty for none. */
    public static Sibling tombstone(Dot dot, long hlc, byte[] requestId) {
        return new Sibling(dot, Kind.TOMBSTONE, "", 0, hlc, requestId, NOTHING);
    }

    /** The same value under a new dot and a higher stamp: how a last-write-wins write is repeated above a newer one. */
    public Sibling restamped(Dot newDot, long newHlc) {
        return new Sibling(newDot, kind, contentType, expiresAtMs, newHlc, requestId, value);
    }

    /** Whether there is something to show: neither deleted nor expired. */
    public boolean isLive(long nowHlcMs) {
        return kind != Kind.TOMBSTONE && (expiresAtMs == 0 || nowHlcMs < expiresAtMs);
    }

    /** Whether this is the later of the two by (stamp, dot): the order of last-write-wins. */
    public boolean isNewerThan(Sibling other) {
        return hlc != other.hlc ? hlc > other.hlc : dot.compareTo(other.dot) > 0;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Sibling sibling
                        && dot.equals(sibling.dot)
                        && kind == sibling.kind
                        && expiresAtMs == sibling.expiresAtMs
                        && hlc == sibling.hlc
                        && contentType.equals(sibling.contentType)
                        && Arrays.equals(requestId, sibling.requestId)
                        && Arrays.equals(value, sibling.value));
    }

    @Override
    public int hashCode() {
        return 31 * dot.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return dot + " " + kind + " " + value.length + " B";
    }
}
