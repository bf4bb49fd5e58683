package dev.kvorum.sim.search;

import dev.kvorum.core.consensus.ConsensusConfig;
import dev.kvorum.core.consensus.ConsensusInput;
import dev.kvorum.core.consensus.ConsensusInput.Received;
import dev.kvorum.core.consensus.ConsensusInput.Stored;
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
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.consensus.Saved;
import dev.kvorum.core.step.InvariantViolation;
import dev.kvorum.sim.check.Violation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The states of single nodes by number, and what each event does to them; worked out once each. There are far fewer of
 * them than states of the group.
 */
final class Locals {

    /** Events that are no packet; packets follow. */
    static final int TIMEOUT = 0;

    static final int STORED = 1;
    static final int CRASH = 2;
    static final int RESEND = 3;
    static final int PROPOSE = 4;
    private static final int FIRST_PACKET = 5;

    private final ConsensusConfig config;
    private final List<Local> locals = new ArrayList<>();
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
    private final List<ConsensusPacket> packets = new ArrayList<>();
    private final Map<ConsensusPacket, Integer> packetNumbers = new HashMap<>();
    private final Map<Long, Transition> transitions = new HashMap<>();

    Locals(ConsensusConfig config) {
        this.config = config;
    }

    int size() {
        return locals.size();
    }

    Local.View view(int number) {
        return locals.get(number).view;
    }

    ConsensusPacket packet(int number) {
        return packets.get(number);
    }

    static int receiver(ConsensusPacket packet) {
        return packet.to().node().low();
    }

    /** A founding voter that has seen nothing. */
    int start(int node) {
        return numberOf(new Local(node, Saved.nothing(Revived.all())));
    }

    Transition on(int from, int event) {
        long key = ((long) from << 32) | event;
        Transition known = transitions.get(key);
        if (known == null) {
            known = workOut(locals.get(from), event);
            transitions.put(key, known);
        }
        return known;
    }

    static int delivery(int packet) {
        return FIRST_PACKET + packet;
    }

    private Transition workOut(Local from, int event) {
        return switch (event) {
            case TIMEOUT -> judged(() -> timeout(from));
            case STORED -> judged(() -> step(from, after(from, 0), new Stored(from.view.pendingOp())));
            case CRASH -> new Transition(numberOf(new Local(from.node, from.view.durable())), new int[0], 0, null);
            case RESEND -> judged(() -> step(from, after(from, Bounds.RESEND_MS), new ConsensusInput.Tick()));
            case PROPOSE -> judged(() -> step(from, after(from, 0), new ConsensusInput.Propose(1, new byte[] {7})));
            default -> judged(() -> deliver(from, packets.get(event - FIRST_PACKET)));
        };
    }

    private static Transition judged(Supplier<Transition> step) {
        try {
            return step.get();
        } catch (Violation violation) {
            return new Transition(0, new int[0], 0, violation.getMessage());
        } catch (InvariantViolation stopped) {
            return new Transition(0, new int[0], 0, "a machine stopped: " + stopped.getMessage());
        }
    }

    private long after(Local from, long ms) {
        return from.nowMs + ms;
    }

    /** The node stands for election; whoever could consent to its pre-vote may do so, so one that does is made up. */
    private Transition timeout(Local from) {
        long nowMs = after(from, 2L * Bounds.ELECTION_MS);
        Local asking = new Local(from, nowMs, new ConsensusInput.Tick());
        int other = (from.node + 1) % Bounds.NODES;
        ConsensusPacket consent = new ConsensusPacket(
                Revived.GROUP,
                Revived.id(other),
                Revived.id(from.node),
                from.view.term() + 1,
                new PreVoteReply(Ballot.GRANTED));
        return step(asking, nowMs, new Received(consent));
    }

    /** Nobody is kept from voting by having heard of a leader: enough time may have passed. */
    private Transition deliver(Local from, ConsensusPacket packet) {
        boolean waits = packet.message() instanceof Vote && from.view.role() != Role.LEADER;
        return step(from, after(from, waits ? 2L * Bounds.ELECTION_MS : 0), new Received(packet));
    }

    private Transition step(Local from, long nowMs, ConsensusInput input) {
        Revived process = new Revived(from, config);
        process.take(nowMs, input);
        Local to = new Local(from, nowMs, input);
        int[] sent = process.sent.stream().mapToInt(this::numberOf).toArray();
        Local.View view = process.view();
        return new Transition(numberOf(to, process), sent, process.becameLeader ? view.term() : 0, null);
    }

    private int numberOf(Local local) {
        return numberOf(local, new Revived(local, config));
    }

    private int numberOf(Local local, Revived process) {
        byte[] bytes = process.fingerprint();
        ByteBuffer key = ByteBuffer.allocate(bytes.length + 1)
                .put((byte) local.node)
                .put(bytes)
                .flip();
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        local.view = process.view();
        numbers.put(key, locals.size());
        locals.add(local);
        return locals.size() - 1;
    }

    private int numberOf(ConsensusPacket packet) {
        Integer known = packetNumbers.get(packet);
        if (known != null) {
            return known;
        }
        packetNumbers.put(packet, packets.size());
        packets.add(packet);
        return packets.size() - 1;
    }

    /**
     * Whether the packet can never do anything any more, not even after a crash: what it answers is over, or all that
     * it could do is to tell a later term to somebody who does not lead.
     *
     * @param state begins with the states of the nodes
     */
    boolean isIdle(int[] state, int number) {
        ConsensusPacket packet = packets.get(number);
        Local.View to = view(state[receiver(packet)]);
        Local.View from = view(state[packet.from().node().low()]);
        long term = packet.term();
        long durableTerm = to.durable().hardState().term();
        boolean isOver = term < durableTerm;
        return switch (packet.message()) {
            case Append _ -> isOver && !(from.role() == Role.LEADER && from.term() == term);
            case Vote _ -> isOver;
            case VoteReply(Ballot ballot) ->
                isOver || (term == durableTerm && (ballot == Ballot.REFUSED || to.role() != Role.CANDIDATE));
            case Appended _, Mismatch _ -> isOver || (term == durableTerm && to.role() != Role.LEADER);
            case HeartbeatReply _ -> term <= durableTerm;
            case PreVote _, PreVoteReply _, Heartbeat _, Chunk _, ChunkTaken _, StandNow _ -> isOver;
        };
    }
}
