package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.Proof;
import dev.kvorum.core.authority.Seat;
import dev.kvorum.core.authority.StoredState;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.consensus.Saved;
import dev.kvorum.core.node.AuthorityGroup;
import dev.kvorum.core.node.AuthorityGroupWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.LogWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.SnapshotWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.StateWrite;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is durable of one node. */
final class Volume {

    final NodeId node;
    final VolumeId id;
    final VolumeId seat;

    /** Whether the node has to show why the volume before this one is gone; and with which proof it began to. */
    boolean anew;

    Proof proof = new Proof.None();
    long boot;
    long syncedCommit;
    HardState hardState = HardState.NEW;
    Mark mark;
    StoredState state = StoredState.EMPTY;
    Damage damage = new Damage.None();
    final TreeMap<Long, Entry> log = new TreeMap<>();

    /** The highest commit seen of each other volume, by its id: this node as a witness. */
    final TreeMap<String, Long> seen = new TreeMap<>();

    private Volume(NodeId node, VolumeId id, VolumeId seat, Configuration founding) {
        this.node = node;
        this.id = id;
        this.seat = seat;
        this.mark = Mark.start(founding);
    }

    /** That of a founder. Its log begins with all founding voters, or with nobody when it is none of them. */
    static Volume founder(NodeId node, VolumeId id, Configuration founding) {
        return new Volume(node, id, Seat.FOUNDING, founding);
    }

    /** One that holds nothing, in place of another. */
    static Volume anew(NodeId node, VolumeId id, Proof proof) {
        Volume empty = new Volume(node, id, id, Configuration.NONE);
        empty.anew = true;
        empty.proof = proof;
        return empty;
    }

    /** The same volume, still empty, of a node that has learnt under which id it is known. */
    Volume of(NodeId known) {
        Volume same = new Volume(known, id, seat, Configuration.NONE);
        same.boot = boot;
        same.syncedCommit = syncedCommit;
        return same;
    }

    Volume copy() {
        Volume copy = new Volume(node, id, seat, Configuration.NONE);
        copy.anew = anew;
        copy.proof = proof;
        copy.boot = boot;
        copy.syncedCommit = syncedCommit;
        copy.hardState = hardState;
        copy.mark = mark;
        copy.state = state;
        copy.log.putAll(log);
        copy.seen.putAll(seen);
        return copy;
    }

    ReplicaId replica() {
        return AuthorityGroup.replica(new Seat(node, seat));
    }

    void apply(AuthorityGroupWrite write) {
        syncedCommit++;
        switch (write) {
            case LogWrite(HardState hard, List<Entry> entries) -> {
                hardState = hard;
                if (!entries.isEmpty()) {
                    log.tailMap(entries.getFirst().index(), true).clear();
                    entries.forEach(entry -> log.put(entry.index(), entry));
                }
            }
            case StateWrite(Mark at, var batch) -> {
                mark = at;
                state = state.with(batch);
            }
            case SnapshotWrite(HardState hard, Mark at, var batch) -> {
                hardState = hard;
                mark = at;
                state = state.with(batch);
                log.clear();
            }
        }
    }

    void compact(long through) {
        log.headMap(through, true).clear();
    }

    long lastIndex() {
        return log.isEmpty() ? mark.index() : Math.max(mark.index(), log.lastKey());
    }

    Saved saved() {
        return new Saved(hardState, mark, new ArrayList<>(log.values()));
    }

    /** Whoever recovers a group by force makes this volume's seat its only voter, with the state that is here. */
    void recover() {
        hardState = new HardState(hardState.term() + 1, null);
        mark = new Mark(mark.position(), Configuration.ofVoters(List.of(replica())));
        log.clear();
    }

    /** All configurations that the volume knows of. */
    List<Configuration> configurations() {
        List<Configuration> known = new ArrayList<>(List.of(mark.configuration()));
        for (Entry entry : log.values()) {
            if (entry.kind() == Entry.Kind.CONFIGURATION) {
                known.add(Configuration.read(new WireReader(entry.payload())));
            }
        }
        return known;
    }

    @Override
    public String toString() {
        return "volume " + id.shortName() + " at start " + boot + ", commit " + syncedCommit;
    }
}
