package dev.kvorum.sim.search;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.ConsensusConfig;
import dev.kvorum.core.consensus.ConsensusEffect;
import dev.kvorum.core.consensus.ConsensusInput;
import dev.kvorum.core.consensus.ConsensusMessage;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.PreVote;
import dev.kvorum.core.consensus.ConsensusMessage.PreVoteReply;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.consensus.Saved;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.WireWriter;
import dev.kvorum.sim.check.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A node brought back to life in one of its states: the machine, and its disk, where stores end when they are told. */
final class Revived {

    static final int GROUP = 1;

    /** A store on its way. */
    private record Pending(long opId, HardState hardState, List<Entry> entries) {}

    final List<ConsensusPacket> sent = new ArrayList<>();
    boolean becameLeader;

    private final Consensus machine;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final List<Entry> durable;
    private final List<Entry> visible;
    private HardState hardState;
    private Mark mark;
    private long nowMs;

    Revived(Local local, ConsensusConfig config) {
        // luck only spreads timeouts, and here every timeout may come first
        machine = new Consensus(GROUP, id(local.node), config, () -> 0);
        hardState = local.origin.hardState();
        mark = local.origin.applied();
        durable = new ArrayList<>(local.origin.entries());
        visible = new ArrayList<>(durable);
        take(0, new ConsensusInput.Recovered(local.origin, new Damage.None()));
        local.chain().forEach(step -> take(step.nowMs, Objects.requireNonNull(step.input)));
    }

    static ReplicaId id(int node) {
        return new ReplicaId(new NodeId((node + 1L) << 60, 0, node), 0, 0);
    }

    static Configuration all() {
        List<ReplicaId> ids = new ArrayList<>();
        for (int node = 0; node < Bounds.NODES; node++) {
            ids.add(id(node));
        }
        return Configuration.ofVoters(ids);
    }

    long nowMs() {
        return nowMs;
    }

    /** Takes an input; {@link #sent} and {@link #becameLeader} are what came of this one. */
    void take(long atMs, ConsensusInput input) {
        sent.clear();
        becameLeader = false;
        nowMs = atMs;
        if (input instanceof ConsensusInput.Stored(long opId)) {
            end(opId);
        }
        List<ConsensusInput> more = new ArrayList<>();
        machine.step(atMs, input, effect -> carryOut(effect, more));
        // an application is durable at once: the log that it depends on is
        for (int i = 0; i < more.size(); i++) {
            machine.step(atMs, more.get(i), effect -> carryOut(effect, more));
        }
    }

    private void end(long opId) {
        Pending first = pending.removeFirst();
        if (first.opId != opId) {
            throw new IllegalStateException("store " + opId + " ends before " + first.opId);
        }
        hardState = first.hardState;
        replace(durable, first.entries);
    }

    private static void replace(List<Entry> log, List<Entry> entries) {
        if (!entries.isEmpty()) {
            int from = (int) entries.getFirst().index() - 1;
            log.subList(Math.min(from, log.size()), log.size()).clear();
            log.addAll(entries);
        }
    }

    private void carryOut(ConsensusEffect effect, List<ConsensusInput> more) {
        switch (effect) {
            case ConsensusEffect.Send(ConsensusPacket packet) -> send(packet);
            case ConsensusEffect.Store store -> {
                pending.add(new Pending(store.opId(), store.hardState(), store.entries()));
                replace(visible, store.entries());
            }
            case ConsensusEffect.Apply apply -> {
                mark = apply.mark();
                more.add(new ConsensusInput.Applied(mark.index()));
            }
            case ConsensusEffect.LeaderChanged changed -> becameLeader |= changed.role() == Role.LEADER;
            case ConsensusEffect.Accepted _, ConsensusEffect.Refused _, ConsensusEffect.ReadReady _ -> {}
            case ConsensusEffect.ConfigurationChanged _, ConsensusEffect.Trace _, ConsensusEffect.Compact _ -> {}
            case ConsensusEffect.StoreSnapshot _, ConsensusEffect.StoreChunk _, ConsensusEffect.LoadChunk _ -> {}
            case ConsensusEffect.CloseTransfer _, ConsensusEffect.LogLost _ -> {}
        }
    }

    /**
     * Judges what must be durable. Leaves out what can be done without: pre-votes, since the search makes up a consent,
     * and heartbeats, since entries carry the commit index too.
     */
    private void send(ConsensusPacket packet) {
        ConsensusMessage message = packet.message();
        if (message instanceof VoteReply(Ballot ballot) && ballot == Ballot.GRANTED) {
            boolean isKept = hardState.term() > packet.term()
                    || (hardState.term() == packet.term() && packet.to().equals(hardState.vote()));
            require(isKept, "a vote that is not durable: " + packet);
        }
        if (message instanceof Appended(long matchIndex)) {
            require(
                    hardState.term() >= packet.term() && durable.size() >= matchIndex,
                    "an acknowledgement of what is not durable: " + packet);
        }
        boolean isLeftOut =
                message instanceof PreVote || message instanceof PreVoteReply || message instanceof Heartbeat;
        if (!isLeftOut) {
            sent.add(packet);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new Violation("I11: " + message);
        }
    }

    Local.View view() {
        long[] terms = visible.stream().mapToLong(Entry::term).toArray();
        long pendingOp = pending.isEmpty() ? 0 : pending.getFirst().opId;
        Saved crashed = new Saved(hardState, mark, durable);
        return new Local.View(machine.role(), machine.term(), crashed, pendingOp, machine.commitIndex(), terms);
    }

    /** Equal for states that behave equally. */
    byte[] fingerprint() {
        WireWriter out = new WireWriter();
        machine.describe(out);
        describe(hardState, durable, out);
        out.putVar(mark.index()).putVar(pending.size());
        pending.forEach(store -> describe(store.hardState, store.entries, out));
        return out.toBytes();
    }

    private static void describe(HardState hardState, List<Entry> entries, WireWriter out) {
        out.putVar(hardState.term());
        ReplicaId vote = hardState.vote();
        out.putVar(vote == null ? 0 : vote.node().low() + 1L).putVar(entries.size());
        entries.forEach(entry -> out.putVar(entry.index()).putInt(entry.checksum()));
    }
}
