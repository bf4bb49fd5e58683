package dev.kvorum.sim.authority;

import static dev.kvorum.sim.authority.AuthorityChecker.law;

import dev.kvorum.core.consensus.ConsensusMessage;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Position;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.node.AuthorityGroupWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.LogWrite;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** I11, seen from outside: leaders, entries, commits, and what must be durable when it is said. */
final class LogLaws {

    /** An entry that some leader made. */
    private record Made(int checksum, long termBefore) {}

    private final TreeMap<Long, ReplicaId> leaders = new TreeMap<>();
    private final TreeMap<Position, Made> made = new TreeMap<>();
    private final TreeMap<Long, Entry> committed = new TreeMap<>();
    private final TreeMap<Integer, Long> judged = new TreeMap<>();

    /** How far the log of each address was durable in each term; a later term may have cut it since. */
    private final TreeMap<Integer, TreeMap<Long, Long>> reached = new TreeMap<>();

    /** Terms of another group begin: it was recovered by force. */
    void onRecovery() {
        leaders.clear();
    }

    void onStart(int address, Volume volume) {
        judged.put(address, volume.mark.index());
        reached.put(address, new TreeMap<>());
        noteReached(address, volume);
    }

    private void noteReached(int address, Volume volume) {
        reached.computeIfAbsent(address, any -> new TreeMap<>()).put(volume.hardState.term(), volume.lastIndex());
    }

    void onLeader(ReplicaId id, long term) {
        ReplicaId other = leaders.putIfAbsent(term, id);
        law(other == null || other.equals(id), "I11: %s leads in term %s, and %s did", id, term, other);
    }

    /** Equal places hold equal entries, and so do the places before them. */
    void onDurable(int address, Volume volume, AuthorityGroupWrite write) {
        requireCommitted(address, volume);
        noteReached(address, volume);
        if (!(write instanceof LogWrite(HardState ignored, List<Entry> entries))) {
            return;
        }
        for (Entry entry : entries) {
            Long before = termAt(volume, entry.index() - 1);
            if (before != null) {
                Made now = new Made(entry.checksum(), before);
                Made then = made.putIfAbsent(entry.position(), now);
                law(then == null || then.equals(now), "I11: %s holds another entry %s than others", volume, entry);
            }
        }
    }

    private static @Nullable Long termAt(Volume volume, long index) {
        Entry entry = volume.log.get(index);
        if (entry != null) {
            return entry.term();
        }
        Position mark = volume.mark.position();
        return mark.index() == index ? Long.valueOf(mark.term()) : null;
    }

    /** What is applied is committed, and its entries were durable before it was. */
    private void requireCommitted(int address, Volume volume) {
        long from = judged.getOrDefault(address, 0L);
        for (long index = from + 1; index <= volume.mark.index(); index++) {
            Entry entry = volume.log.get(index);
            Entry other = entry == null ? null : committed.putIfAbsent(index, entry);
            law(other == null || other.equals(entry), "I11: %s applied %s, others %s", volume, entry, other);
        }
        judged.put(address, Math.max(from, volume.mark.index()));
    }

    void onSend(int address, Volume volume, ConsensusPacket packet) {
        law(!(volume.damage instanceof Damage.SyncedLost), "I11: %s speaks though it lost what was synced", volume);
        HardState hard = volume.hardState;
        ConsensusMessage message = packet.message();
        if (message instanceof VoteReply(Ballot ballot) && ballot == Ballot.GRANTED) {
            boolean isKept = hard.term() > packet.term()
                    || (hard.term() == packet.term() && packet.to().equals(hard.vote()));
            law(isKept, "I11: %s tells a vote that is not durable: %s", volume, packet);
        } else if (message instanceof Appended(long matchIndex)) {
            // one sync may make it durable and cut it in a later term: said of its own term, it is still true
            boolean isKept = hard.term() >= packet.term() && reached(address, packet.term()) >= matchIndex;
            law(isKept, "I11: %s acknowledges what is not durable: %s", volume, packet);
        }
    }

    private long reached(int address, long term) {
        return reached.getOrDefault(address, new TreeMap<>()).getOrDefault(term, 0L);
    }
}
