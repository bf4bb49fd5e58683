package dev.kvorum.core.authority;

import dev.kvorum.core.authority.GreetingVerdict.Behind;
import dev.kvorum.core.authority.GreetingVerdict.OwnAmnesia;
import dev.kvorum.core.authority.GreetingVerdict.Refused;
import dev.kvorum.core.authority.GreetingVerdict.Welcome;
import dev.kvorum.core.ring.NodeId;

/**
 * What two nodes compare before they talk.
 *
 * @param ringHash of the ring at {@code epoch}
 * @param seenOfOther the highest commit that the other's present volume ever showed as synced, as this side has
 *     witnessed and kept it; 0 when it has seen none
 */
public record Greeting(
        String clusterId,
        long generation,
        long epoch,
        long ringHash,
        NodeId node,
        VolumeStart volume,
        long seenOfOther) {

    /**
     * Judges the other side's greeting.
     *
     * @param known what this node has adopted
     */
    public GreetingVerdict judge(Greeting other, AuthorityState known) {
        if (!clusterId.equals(other.clusterId)) {
            return refuse(
                    RefusalCode.FOREIGN_CLUSTER,
                    other + " belongs to cluster " + other.clusterId + ", this one to " + clusterId);
        }
        if (node.equals(other.node)) {
            return refuse(RefusalCode.IDENTITY_TAKEN, other + " claims to be this very node");
        }
        if (other.generation < generation) {
            return refuse(
                    RefusalCode.FOREIGN_GENERATION,
                    other + " is of generation " + other.generation + ", which a recovery to generation " + generation
                            + " has ended; it adopts the present state first");
        }
        if (generation == other.generation && epoch == other.epoch && ringHash != other.ringHash) {
            return refuse(RefusalCode.CLUSTER_CONFLICT, other + " holds another ring at the same epoch " + epoch);
        }
        if (other.seenOfOther > volume.syncedCommit()) {
            return new OwnAmnesia(other + " has seen commit " + other.seenOfOther + " of this volume, which is at "
                    + volume.syncedCommit() + ": an older copy");
        }
        boolean behind = other.generation > generation || other.epoch > epoch;
        return behind ? new Behind() : judgeVolume(other, known);
    }

    private GreetingVerdict judgeVolume(Greeting other, AuthorityState known) {
        NodeEntry entry = known.node(other.node);
        VolumeStart last = entry == null ? null : entry.registered();
        if (other.volume.syncedCommit() < seenOfOther) {
            return refuse(
                    RefusalCode.OLD_COPY,
                    other + " is at commit " + other.volume.syncedCommit() + ", this node has seen " + seenOfOther);
        }
        if (entry == null || last == null) {
            return new Welcome();
        }
        if (!entry.isCurrent() || entry.former().contains(other.volume.volume())) {
            return refuse(RefusalCode.VOLUME_LOST, other + " is on a volume that was given up");
        }
        if (!entry.isOn(other.volume.volume())) {
            return refuse(RefusalCode.IDENTITY_TAKEN, other + " lives on volume " + last.volume() + " as registered");
        }
        if (other.volume.boot() < last.boot()) {
            return refuse(RefusalCode.OLD_COPY, other + " counts an earlier start than " + last.boot());
        }
        boolean copied = other.volume.boot() == last.boot() && other.volume.nonce() != last.nonce();
        return copied
                ? refuse(RefusalCode.IDENTITY_TAKEN, other + " counts a start that another process registered")
                : new Welcome();
    }

    private static GreetingVerdict refuse(RefusalCode code, String detail) {
        return new Refused(code, detail);
    }

    @Override
    public String toString() {
        return "node " + node + " on volume " + volume.volume() + " (start " + volume.boot() + ")";
    }
}
