package dev.kvorum.core.node;

import dev.kvorum.core.authority.Authority;
import dev.kvorum.core.authority.AuthorityEffect;
import dev.kvorum.core.authority.AuthorityInput;
import dev.kvorum.core.authority.AuthorityInput.Agreed;
import dev.kvorum.core.authority.LogMembers;
import dev.kvorum.core.authority.Seat;
import dev.kvorum.core.authority.StateForm;
import dev.kvorum.core.authority.StoreBatch;
import dev.kvorum.core.authority.Submission;
import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.ConfigurationChange;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.ConsensusEffect;
import dev.kvorum.core.consensus.ConsensusInput;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.consensus.Saved;
import dev.kvorum.core.node.AuthorityGroupEffect.Decided;
import dev.kvorum.core.node.AuthorityGroupInput.MembersChanged;
import dev.kvorum.core.node.AuthorityGroupInput.MessageReceived;
import dev.kvorum.core.node.AuthorityGroupInput.PacketReceived;
import dev.kvorum.core.node.AuthorityGroupInput.Settled;
import dev.kvorum.core.node.AuthorityGroupInput.Stored;
import dev.kvorum.core.node.AuthorityGroupInput.Submit;
import dev.kvorum.core.node.AuthorityGroupInput.Tick;
import dev.kvorum.core.node.AuthorityGroupWrite.LogWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.SnapshotWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.StateWrite;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.step.Invariants;
import dev.kvorum.core.step.Machine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The log and the authority of one node, wired: what one asks of the other never leaves, what both ask of the disk
 * leaves in one order. The shell hands in {@link #begin} first.
 */
public final class AuthorityGroup implements Machine<AuthorityGroupInput, AuthorityGroupEffect> {

    /** How often the shell sends {@link Tick}. */
    public static final int TICK_MS = Consensus.TICK_MS;

    private final Consensus log;
    private final Authority authority;
    private final ArrayDeque<ConsensusInput> toLog = new ArrayDeque<>();
    private final ArrayDeque<AuthorityInput> toAuthority = new ArrayDeque<>();
    private final Map<Long, Write> writes = new LinkedHashMap<>();
    private final TreeMap<Long, Mark> marks = new TreeMap<>();
    private final Map<Long, Sent> transfers = new LinkedHashMap<>();
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private boolean mustChange;
    private boolean changing;
    private long lastChange;
    private long lastOpId;
    private long nextTickMs;
    private long toldApplied;
    private Consumer<? super AuthorityGroupEffect> out = effect -> {};

    /** Whose write it is, and under which number. */
    private record Write(Writer writer, long opId) {}

    private enum Writer {
        LOG,
        AUTHORITY
    }

    /** A state on its way to a replica that lags. */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    private record Sent(Mark mark, byte[] bytes) {}

    /**
     * @param log in group 0, under the id of this node's seat
     */
    public AuthorityGroup(Consensus log, Authority authority) {
        this.log = log;
        this.authority = authority;
    }

    /** Where every founder's log begins. */
    public static Configuration founding(Collection<NodeId> voters) {
        TreeSet<ReplicaId> replicas = new TreeSet<>();
        voters.forEach(voter -> replicas.add(replica(new Seat(voter, Seat.FOUNDING))));
        return Configuration.ofVoters(replicas);
    }

    /** The log's name for a seat. */
    public static ReplicaId replica(Seat seat) {
        return MemberSteps.replica(seat);
    }

    public Consensus log() {
        return log;
    }

    public Authority authority() {
        return authority;
    }

    /** Hands over what the start found; the first call. */
    public void begin(long nowMs, Saved saved, Damage damage, Consumer<? super AuthorityGroupEffect> sink) {
        Invariants.check(
                saved.applied().index() == authority.appliedIndex(),
                "the state is at %s, its mark at %s",
                authority.appliedIndex(),
                saved.applied().index());
        out = sink;
        toldApplied = saved.applied().index();
        marks.put(saved.applied().index(), saved.applied());
        toLog.add(new ConsensusInput.Recovered(saved, damage));
        settle(nowMs);
    }

    @Override
    public void step(long nowMs, AuthorityGroupInput input, Consumer<? super AuthorityGroupEffect> sink) {
        out = sink;
        switch (input) {
            case Tick() -> onTick(nowMs);
            case PacketReceived(var packet) -> toLog.add(new ConsensusInput.Received(packet));
            case MessageReceived(var from, var message) -> toAuthority.add(new AuthorityInput.Received(from, message));
            case Stored(long opId) -> onStored(opId);
            case Submit(var command) -> toAuthority.add(command);
            case Settled(long epoch) -> toAuthority.add(new AuthorityInput.Settled(epoch));
            case MembersChanged(var members) -> toAuthority.add(members);
        }
        settle(nowMs);
    }

    private void onTick(long nowMs) {
        toLog.add(new ConsensusInput.Tick());
        if (nowMs >= nextTickMs) {
            nextTickMs = nowMs + Authority.TICK_MS;
            toAuthority.add(new AuthorityInput.Tick());
        }
        goOnChanging();
    }

    private void onStored(long opId) {
        Write write = writes.remove(opId);
        if (write == null) {
            return;
        }
        switch (write.writer()) {
            case LOG -> toLog.add(new ConsensusInput.Stored(write.opId()));
            case AUTHORITY -> toAuthority.add(new AuthorityInput.Stored(write.opId()));
        }
    }

    /** Lets the two talk until neither has anything left to say to the other. */
    private void settle(long nowMs) {
        while (!toLog.isEmpty() || !toAuthority.isEmpty()) {
            ConsensusInput next = toLog.poll();
            if (next != null) {
                log.step(nowMs, next, this::perform);
            } else {
                authority.step(nowMs, toAuthority.remove(), this::perform);
                tellApplied();
            }
        }
    }

    private void tellApplied() {
        long durable = authority.durable().index();
        if (durable > toldApplied) {
            toldApplied = durable;
            marks.headMap(durable).clear();
            toLog.add(new ConsensusInput.Applied(durable));
        }
    }

    // ---- what the log asks

    private void perform(ConsensusEffect effect) {
        switch (effect) {
            case ConsensusEffect.Send(var packet) -> out.accept(new AuthorityGroupEffect.SendPacket(packet));
            case ConsensusEffect.Store(long opId, var hardState, List<Entry> entries) ->
                store(Writer.LOG, opId, new LogWrite(hardState, entries));
            case ConsensusEffect.StoreSnapshot snapshot -> install(snapshot);
            case ConsensusEffect.StoreChunk(Mark ignored, long offset, byte[] bytes) -> collect(offset, bytes);
            case ConsensusEffect.Apply(List<Entry> entries, Mark mark) -> apply(entries, mark);
            case ConsensusEffect.Compact(long through) -> out.accept(new AuthorityGroupEffect.Compact(through));
            case ConsensusEffect.LoadChunk(long transfer, long offset, int most) -> load(transfer, offset, most);
            case ConsensusEffect.CloseTransfer(long transfer) -> transfers.remove(transfer);
            case ConsensusEffect.Accepted ignored -> {}
            case ConsensusEffect.Refused(long requestId, var ignored) -> onRefused(requestId);
            case ConsensusEffect.ReadReady ignored -> {}
            case ConsensusEffect.LeaderChanged changed -> onLeader(changed);
            case ConsensusEffect.ConfigurationChanged(Configuration now) -> onConfiguration(now);
            case ConsensusEffect.LogLost(String what) -> out.accept(new AuthorityGroupEffect.LogLost(what));
            case ConsensusEffect.Trace(var event) -> out.accept(new AuthorityGroupEffect.LogTrace(event));
        }
    }

    private void onLeader(ConsensusEffect.LeaderChanged changed) {
        mustChange = false;
        changing = false;
        out.accept(new AuthorityGroupEffect.RoleChanged(changed.role(), changed.term()));
        ReplicaId leader = changed.leader();
        toAuthority.add(new AuthorityInput.LeaderChanged(leader == null ? null : leader.node(), changed.term()));
    }

    private void onConfiguration(Configuration now) {
        changing = false;
        toAuthority.add(new AuthorityInput.ConfigurationChanged(
                MemberSteps.seats(now.voters()), MemberSteps.seats(now.learners())));
    }

    private void store(Writer writer, long opId, AuthorityGroupWrite write) {
        writes.put(++lastOpId, new Write(writer, opId));
        out.accept(new AuthorityGroupEffect.Store(lastOpId, write));
    }

    private void apply(List<Entry> entries, Mark mark) {
        marks.put(mark.index(), mark);
        List<Agreed> agreed = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            boolean ours = entry.kind() == Entry.Kind.COMMAND;
            agreed.add(new Agreed(entry.index(), entry.term(), ours ? Submission.decode(entry.payload()) : null));
        }
        toAuthority.add(new AuthorityInput.Committed(agreed));
    }

    private void collect(long offset, byte[] bytes) {
        if (offset == 0) {
            collected.reset();
        }
        Invariants.check(
                offset == collected.size(), "a piece at %s follows %s bytes of a state", offset, collected.size());
        collected.writeBytes(bytes);
    }

    private void install(ConsensusEffect.StoreSnapshot snapshot) {
        byte[] bytes = collected.toByteArray();
        collected.reset();
        marks.put(snapshot.mark().index(), snapshot.mark());
        StateForm.Snapshot state = StateForm.decode(bytes);
        Invariants.check(
                state.index() == snapshot.mark().index(),
                "the state sent is at %s, its mark at %s",
                state.index(),
                snapshot.mark().index());
        StoreBatch whole = StoreBatch.decode(bytes);
        store(Writer.LOG, snapshot.opId(), new SnapshotWrite(snapshot.hardState(), snapshot.mark(), whole));
        toAuthority.add(new AuthorityInput.Install(state));
    }

    private void load(long transfer, long offset, int most) {
        if (offset == 0) {
            StateForm.Snapshot durable = authority.durable();
            Mark mark = Objects.requireNonNull(marks.get(durable.index()), "the durable state has no mark");
            transfers.put(transfer, new Sent(mark, StateForm.encode(durable)));
        }
        Sent sent = transfers.get(transfer);
        if (sent == null) {
            toLog.add(new ConsensusInput.ChunkFailed(transfer));
            return;
        }
        int end = (int) Math.min(sent.bytes().length, offset + most);
        byte[] piece = Arrays.copyOfRange(sent.bytes(), (int) offset, end);
        toLog.add(new ConsensusInput.ChunkLoaded(transfer, sent.mark(), offset, sent.bytes().length, piece));
    }

    /** Requests of even numbers are proposals, the others changes of configuration. */
    private void onRefused(long requestId) {
        if (requestId % 2 == 0) {
            toAuthority.add(new AuthorityInput.ProposalRefused(requestId / 2));
        } else {
            changing = false;
        }
    }

    // ---- what the authority asks

    private void perform(AuthorityEffect effect) {
        switch (effect) {
            case AuthorityEffect.Propose(long opId, Submission submission) ->
                toLog.add(new ConsensusInput.Propose(2 * opId, submission.encode()));
            case AuthorityEffect.ChangeMembers() -> {
                mustChange = true;
                goOnChanging();
            }
            case AuthorityEffect.Store(long opId, StoreBatch batch) -> {
                Mark mark = Objects.requireNonNull(marks.get(batch.index()), "a state has no mark");
                store(Writer.AUTHORITY, opId, new StateWrite(mark, batch));
            }
            case AuthorityEffect.Installed ignored -> {}
            case AuthorityEffect.Send ignored -> out.accept(new Decided(effect));
            case AuthorityEffect.Call ignored -> out.accept(new Decided(effect));
            case AuthorityEffect.RingChanged ignored -> out.accept(new Decided(effect));
            case AuthorityEffect.Registered ignored -> out.accept(new Decided(effect));
            case AuthorityEffect.RegistrationRefused ignored -> out.accept(new Decided(effect));
            case AuthorityEffect.RegistrationWaits ignored -> out.accept(new Decided(effect));
            case AuthorityEffect.Answered ignored -> out.accept(new Decided(effect));
            case AuthorityEffect.Unanswered ignored -> out.accept(new Decided(effect));
            case AuthorityEffect.Trace ignored -> out.accept(new Decided(effect));
        }
    }

    /**
     * One step at a time, each by the state of its moment: a volume may have been given up since the last one. A
     * refused step is tried again with the next tick.
     */
    private void goOnChanging() {
        if (!mustChange || changing) {
            return;
        }
        LogMembers wanted = authority.wantedMembers();
        ConfigurationChange next = wanted == null
                ? null
                : MemberSteps.next(
                        log.configuration(),
                        MemberSteps.replicas(wanted.voters()),
                        MemberSteps.replicas(wanted.learners()));
        if (next == null) {
            mustChange = false;
            return;
        }
        changing = true;
        toLog.add(new ConsensusInput.Change(2 * ++lastChange + 1, next));
    }
}
