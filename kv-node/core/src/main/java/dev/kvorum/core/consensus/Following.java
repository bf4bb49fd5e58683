package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.StoreChunk;
import dev.kvorum.core.consensus.ConsensusEffect.Trace;
import dev.kvorum.core.consensus.ConsensusMessage.Append;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.Chunk;
import dev.kvorum.core.consensus.ConsensusMessage.ChunkTaken;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.HeartbeatReply;
import dev.kvorum.core.consensus.ConsensusMessage.Mismatch;
import dev.kvorum.core.consensus.ConsensusMessage.PreVote;
import dev.kvorum.core.consensus.ConsensusMessage.PreVoteReply;
import dev.kvorum.core.consensus.ConsensusMessage.StandNow;
import dev.kvorum.core.consensus.ConsensusMessage.Vote;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import dev.kvorum.core.wire.WireWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what the leader of its term sends: entries (dissertation 3.5), heartbeats, pieces of a snapshot (5.1). */
final class Following {

    private final Own own;
    private @Nullable Mark collecting;
    private long collectedBytes;

    /** How far the leader of this term has shown since this start that its log is this one. */
    private long agreed;

    Following(Own own) {
        this.own = own;
    }

    /** Another leader may hold the same state in other pieces, and other entries. */
    void onNewTerm() {
        collecting = null;
        agreed = 0;
    }

    /** Whoever believes to lead in an earlier term must hear of this one, else both would stay stuck (6.4.1). */
    void answerOld(ConsensusPacket packet, Consumer<? super ConsensusEffect> out) {
        switch (packet.message()) {
            case Append _, Heartbeat _, Chunk _ ->
                own.sendOnce(own.termOp(), packet.from(), new HeartbeatReply(0, 0), out);
            case Vote _ -> own.sendOnce(own.termOp(), packet.from(), new VoteReply(Ballot.REFUSED), out);
            case PreVote _, PreVoteReply _, VoteReply _, Appended _, Mismatch _, HeartbeatReply _, ChunkTaken _ -> {}
            case StandNow _ -> {}
        }
    }

    void onAppend(ReplicaId leader, Append append, Consumer<? super ConsensusEffect> out) {
        for (Entry entry : append.entries()) {
            if (!entry.isIntact()) {
                out.accept(new Trace(new ConsensusTrace.DamagedEntry(leader, entry.index())));
                return;
            }
        }
        long last = append.previous().index() + append.entries().size();
        if (last <= own.commit()) {
            acknowledge(leader, own.commit(), out);
        } else if (agrees(append.previous())) {
            take(append, out);
            own.commitTo(Math.min(append.commit(), last));
            acknowledge(leader, last, out);
        } else {
            Position previous = append.previous();
            Position agreed = own.log.latestNotAbove(previous.index(), previous.term());
            own.send(leader, new Mismatch(previous.index(), agreed), out);
        }
    }

    /** What is committed agrees with every leader's log. */
    private boolean agrees(Position previous) {
        return previous.index() <= own.commit()
                || own.log.contains(previous)
                || (own.has(ConsensusFlaw.APPEND_WITHOUT_MATCH) && own.log.knows(previous.index()));
    }

    /** Adds what is new. Entries that are there already stay, with all that follows them. */
    private void take(Append append, Consumer<? super ConsensusEffect> out) {
        List<Entry> entries = append.entries();
        int known = 0;
        while (known < entries.size() && isKnown(entries.get(known))) {
            known++;
        }
        if (known == entries.size()) {
            return;
        }
        List<Entry> fresh = entries.subList(known, entries.size());
        long first = fresh.getFirst().index();
        if (first > own.log.lastIndex()) {
            own.append(fresh, out);
        } else {
            out.accept(new Trace(new ConsensusTrace.Cut(first, own.log.lastIndex())));
            own.replace(fresh, out);
        }
    }

    private boolean isKnown(Entry entry) {
        if (entry.index() <= own.commit()) {
            return true;
        }
        return own.log.contains(entry.position()) && !own.has(ConsensusFlaw.TRUNCATE_ON_STALE_APPEND);
    }

    private void acknowledge(ReplicaId leader, long index, Consumer<? super ConsensusEffect> out) {
        agreed = Math.max(agreed, index);
        long after = own.has(ConsensusFlaw.ACK_BEFORE_STORED) ? 0 : Math.max(own.logOp(), own.termOp());
        own.sendOnce(after, leader, new Appended(index), out);
    }

    /**
     * What an earlier process acknowledged proves nothing about this log: it may be an older copy, which ends in
     * entries that were replaced since.
     */
    void onHeartbeat(ReplicaId leader, Heartbeat heartbeat, Consumer<? super ConsensusEffect> out) {
        long shown = own.has(ConsensusFlaw.HEARTBEAT_COMMITS_UNSEEN) ? own.log.lastIndex() : agreed;
        own.commitTo(Math.min(heartbeat.commit(), shown));
        own.sendOnce(own.termOp(), leader, new HeartbeatReply(heartbeat.round(), agreed), out);
    }

    void onChunk(ReplicaId leader, Chunk chunk, Consumer<? super ConsensusEffect> out) {
        Mark mark = chunk.mark();
        if (mark.index() <= own.commit()) {
            acknowledge(leader, own.commit(), out);
        } else if (own.log.contains(mark.position())) {
            own.commitTo(mark.index());
            acknowledge(leader, mark.index(), out);
        } else {
            collect(leader, chunk, out);
        }
    }

    private void collect(ReplicaId leader, Chunk chunk, Consumer<? super ConsensusEffect> out) {
        Mark mark = chunk.mark();
        if (chunk.offset() == 0 || !mark.equals(collecting)) {
            collecting = mark;
            collectedBytes = 0;
        }
        if (chunk.offset() == collectedBytes) {
            out.accept(new StoreChunk(mark, chunk.offset(), chunk.bytes()));
            collectedBytes += chunk.bytes().length;
            if (chunk.isLast()) {
                collecting = null;
                out.accept(new Trace(new ConsensusTrace.Installed(mark)));
                own.install(mark, out);
                acknowledge(leader, mark.index(), out);
                return;
            }
        }
        own.send(leader, new ChunkTaken(mark.index(), collectedBytes), out);
    }

    void describe(WireWriter out) {
        Mark mark = collecting;
        out.putVar(mark == null ? 0 : mark.index()).putVar(collectedBytes).putVar(agreed);
    }
}
