package dev.kvorum.sim.world;

import dev.kvorum.core.membership.MembershipFlaw;
import dev.kvorum.core.replication.ReplicationFlaw;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that a run is about.
 *
 * @param factor replicas of each shard (N)
 * @param read the bucket's R
 * @param write the bucket's W
 * @param settledKeys how many keys a home remembers as read; small, so that it forgets some
 */
public record WorldSettings(
        int nodes,
        int zones,
        int factor,
        int read,
        int write,
        int shards,
        int loops,
        int settledKeys,
        NetworkSettings network,
        DiskSettings disk,
        Clocks clocks,
        Flaws flaws) {

    /**
     * How wrong clocks are.
     *
     * @param mostOffsetMs to either side
     * @param mostDriftPerMillion to either side
     */
    public record Clocks(long mostOffsetMs, int mostDriftPerMillion) {}

    /** At most one planted mistake; all null in an honest run. */
    public record Flaws(
            @Nullable ReplicationFlaw replication,
            @Nullable MembershipFlaw membership,
            @Nullable ShellFlaw shell) {

        public static final Flaws NONE = new Flaws(null, null, null);

        EnumSet<ReplicationFlaw> replicationFlaws() {
            return replication == null ? EnumSet.noneOf(ReplicationFlaw.class) : EnumSet.of(replication);
        }

        EnumSet<MembershipFlaw> membershipFlaws() {
            return membership == null ? EnumSet.noneOf(MembershipFlaw.class) : EnumSet.of(membership);
        }

        @Override
        public String toString() {
            if (replication != null) {
                return "replication." + replication;
            }
            return membership != null ? "membership." + membership : "shell." + shell;
        }
    }
}
