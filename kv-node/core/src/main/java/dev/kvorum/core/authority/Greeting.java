package dev.kvorum.core.authority;

import dev.kvorum.core.authority.GreetingVerdict.Behind;
import dev.kvorum.core.authority.GreetingVerdict.OwnAmnesia;
import dev.kvorum.core.authority.GreetingVerdict.Refused;
import dev.kvorum.core.authority.GreetingVerdict.Superseded;
import dev.kvorum.core.authority.GreetingVerdict.Welcome;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/**
 * What two nodes compare before they talk.
 *
 * @param ringHash of the ring at {@code epoch}
 * @param volume with the highest commit that it has synced by now
 * @param witnessed what this side has seen of the other's volume, as far as it knows on which one the other is
 */
public record Greeting(
        String clusterId,
        long generation,
        long epoch,
        long ringHash,
        NodeId node,
        VolumeStart volume,
        Witnessed witnessed) {

    /**
     * The highest commit that a volume ever showed as synced to whoever says this.
     *
     * @param commit 0 when it has seen none
     */
    public record Witnessed(VolumeId volume, long commit) {

        boolean isAbove(VolumeStart start) {
            return volume.equals(start.volume()) && commit > start.syncedCommit();
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Greeting read(WireReader in) {
        return new Greeting(
                Texts.read(in, Texts.MOST_NAME_BYTES),
                in.getVar(),
                in.getVar(),
                in.getLong(),
                NodeId.read(in),
                VolumeStart.read(in),
                new Witnessed(VolumeId.read(in), in.getVar()));
    }

    public void write(WireWriter out) {
        out.putText(clusterId).putVar(generation).putVar(epoch).putLong(ringHash);
        node.write(out);
        volume.write(out);
        witnessed.volume().write(out);
        out.putVar(witnessed.commit());
    }

    /**
     * Judges once more a process that was welcome before. It has synced more since, and more was seen of it: against
     * what it said earlier, or says over a slower connection, that is no proof of an older copy.
     *
     * @param known what this node has adopted
     */
    public GreetingVerdict judgeAgain(Greeting other, AuthorityState known) {
        var nothing = new Witnessed(witnessed.volume(), 0);
        return new Greeting(clusterId, generation, epoch, ringHash, node, volume, nothing).judge(other, known);
    }

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
        return other.generation > generation ? new Superseded(other.generation) : judgeMember(other, known);
    }

    private GreetingVerdict judgeMember(Greeting other, AuthorityState known) {
        if (epoch == other.epoch && ringHash != other.ringHash) {
            return refuse(RefusalCode.CLUSTER_CONFLICT, other + " holds another ring at the same epoch " + epoch);
        }
        if (other.witnessed.isAbove(volume)) {
            return new OwnAmnesia(other + " has seen commit " + other.witnessed.commit()
                    + " of this volume, which is at " + volume.syncedCommit() + ": an older copy");
        }
        if (witnessed.isAbove(other.volume)) {
            return refuse(
                    RefusalCode.OLD_COPY,
                    other + " is at commit " + other.volume.syncedCommit() + ", this node has seen "
                            + witnessed.commit());
        }
        return other.epoch > epoch ? new Behind() : judgeVolume(other, known);
    }

    private static GreetingVerdict judgeVolume(Greeting other, AuthorityState known) {
        NodeEntry entry = known.node(other.node);
        VolumeStart last = entry == null ? null : entry.registered();
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
