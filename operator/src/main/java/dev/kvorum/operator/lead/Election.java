package dev.kvorum.operator.lead;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one operator does about the Lease, decided from what it read. Times are milliseconds of a clock that only goes
 * forward.
 *
 * <p>That another's Lease ran out is told by how long it did not change here, and not by the times that are written
 * in it: clocks of hosts differ. Who lost the Lease never leads again.
 */
final class Election {

    /** What comes after reading the Lease. */
    enum Move {
        /** Write it as one's own: nobody holds it, or nobody renewed it. */
        TAKE,
        /** Write it once more: it is one's own. */
        RENEW,
        /** Leave it alone. */
        WAIT
    }

    private final String identity;
    private final Duration renewDeadline;

    private String seenVersion = "";
    private long seenSinceMs;
    private long leadsUntilMs;
    private boolean hasLed;
    private boolean isOver;

    /** @param renewDeadline how long it leads after it asked for a renewal that was granted */
    Election(String identity, Duration renewDeadline) {
        this.identity = identity;
        this.renewDeadline = renewDeadline;
    }

    /** @param lease as it is now; null if there is none */
    synchronized Move onRead(long nowMs, @Nullable Lease lease) {
        String holder = holder(lease);
        if (isLost(nowMs)) {
            return Move.WAIT;
        }
        if (holder.equals(identity)) {
            return Move.RENEW;
        }
        if (lease == null || holder.isEmpty()) {
            return Move.TAKE;
        }
        if (hasLed) {
            isOver = true;
            return Move.WAIT;
        }
        return hasRunOut(nowMs, lease) ? Move.TAKE : Move.WAIT;
    }

    private boolean hasRunOut(long nowMs, Lease lease) {
        String version = lease.getMetadata().getResourceVersion();
        if (!version.equals(seenVersion)) {
            seenVersion = version;
            seenSinceMs = nowMs;
        }
        return nowMs - seenSinceMs > lastsMs(lease);
    }

    /**
     * The server took what {@link #onRead} led to.
     *
     * @param askedMs when it was read
     * @return whether it leads only now
     */
    synchronized boolean onWritten(long askedMs) {
        boolean isFirst = !hasLed;
        hasLed = true;
        leadsUntilMs = askedMs + renewDeadline.toMillis();
        return isFirst;
    }

    synchronized boolean leads(long nowMs) {
        return hasLed && !isLost(nowMs);
    }

    /** Whether it led and does not any more: another took the Lease, or it could not renew it in time. */
    synchronized boolean isLost(long nowMs) {
        return isOver || (hasLed && nowMs >= leadsUntilMs);
    }

    /** Ends its leading, to give the Lease back. */
    synchronized void resign() {
        isOver = true;
    }

    /** Who holds a Lease; empty if nobody does. */
    static String holder(@Nullable Lease lease) {
        LeaseSpec spec = lease == null ? null : lease.getSpec();
        return spec == null ? "" : Objects.requireNonNullElse(spec.getHolderIdentity(), "");
    }

    private static long lastsMs(Lease lease) {
        Integer seconds = lease.getSpec().getLeaseDurationSeconds();
        return Duration.ofSeconds(seconds == null ? 0 : seconds).toMillis();
    }
}
