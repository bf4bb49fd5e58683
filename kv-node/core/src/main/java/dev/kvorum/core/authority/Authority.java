package dev.kvorum.core.authority;

import dev.kvorum.core.authority.AuthorityEffect.ChangeMembers;
import dev.kvorum.core.authority.AuthorityEffect.Installed;
import dev.kvorum.core.authority.AuthorityEffect.Propose;
import dev.kvorum.core.authority.AuthorityEffect.RingChanged;
import dev.kvorum.core.authority.AuthorityEffect.Send;
import dev.kvorum.core.authority.AuthorityEffect.Trace;
import dev.kvorum.core.authority.AuthorityEffect.Trouble;
import dev.kvorum.core.authority.AuthorityEffect.Unanswered;
import dev.kvorum.core.authority.AuthorityInput.Agreed;
import dev.kvorum.core.authority.AuthorityInput.Committed;
import dev.kvorum.core.authority.AuthorityInput.ConfigurationChanged;
import dev.kvorum.core.authority.AuthorityInput.Install;
import dev.kvorum.core.authority.AuthorityInput.LeaderChanged;
import dev.kvorum.core.authority.AuthorityInput.MembersChanged;
import dev.kvorum.core.authority.AuthorityInput.ProposalRefused;
import dev.kvorum.core.authority.AuthorityInput.Received;
import dev.kvorum.core.authority.AuthorityInput.Settled;
import dev.kvorum.core.authority.AuthorityInput.Stored;
import dev.kvorum.core.authority.AuthorityInput.Submit;
import dev.kvorum.core.authority.AuthorityInput.Tick;
import dev.kvorum.core.authority.AuthorityMessage.Forward;
import dev.kvorum.core.authority.AuthorityMessage.IAm;
import dev.kvorum.core.authority.AuthorityMessage.NotLeader;
import dev.kvorum.core.authority.AuthorityMessage.Reply;
import dev.kvorum.core.authority.AuthorityMessage.WhoAreYou;
import dev.kvorum.core.authority.Command.BarrierPassed;
import dev.kvorum.core.authority.StateForm.Snapshot;
import dev.kvorum.core.authority.Waiting.Asker;
import dev.kvorum.core.authority.Waiting.Purpose;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.step.Invariants;
import dev.kvorum.core.step.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The authority at one node: brings commands to the leader's log, applies what is committed, keeps it durable, and
 * tells the node's data path. At the leader it also founds the cluster, asks for voters, and looks into claims.
 *
 * <p>Touched by one thread, the control context's. It never blocks data requests: those need only the ring they hold.
 */
public final class Authority implements Machine<AuthorityInput, AuthorityEffect> {

    /** How often the shell sends {@link Tick}. */
    public static final int TICK_MS = 100;

    private static final int DUTY_MS = 1_000;

    private final NodeId self;
    private final AuthorityConfig config;
    private final RandomGenerator random;
    private final Rules rules;
    private final Keeper keeper;
    private final Submissions submissions;
    private final Registration registration;
    private final PlaceProofs proofs;
    private final LeaderDuties duties;
    private final Contacts contacts;
    private final Adoption adoption;
    private final Map<Long, CommandId> proposals = new LinkedHashMap<>();

    private @Nullable NodeId leader;
    private @Nullable ConfigurationChanged configuration;
    private SortedSet<NodeId> alive = new TreeSet<>();
    private long lastOpId;
    private long nextDutyMs;
    private @Nullable Snapshot installing;

    private long nowMs;
    private Consumer<? super AuthorityEffect> out = effect -> {};

    /**
     * @param document that this node accepted; null when it joined later
     * @param stored what the node's store holds
     * @param random a source of its own
     */
    public Authority(
            Arrival arrival,
            @Nullable Bootstrap document,
            StoredState stored,
            AuthorityConfig config,
            RandomGenerator random) {
        this.self = arrival.start().node().id();
        this.config = config;
        this.random = random;
        this.rules = Rules.withFlaws(config.flaws());
        this.keeper = new Keeper(stored, config);
        this.submissions = new Submissions(config);
        this.registration = new Registration(arrival, config, random);
        this.proofs = new PlaceProofs(random);
        this.duties = new LeaderDuties(document);
        this.contacts = new Contacts(self, document);
        this.adoption = new Adoption(document, config);
    }

    /** What is applied, durable or not yet. */
    public AuthorityState state() {
        return keeper.newest().state();
    }

    /** The last entry applied. */
    public long appliedIndex() {
        return keeper.newest().index();
    }

    /** What a restart finds: the log may forget what came up to its index, and give it to others instead. */
    public Snapshot durable() {
        return keeper.durable();
    }

    /** Who leads, as far as this node knows. */
    public @Nullable NodeId leader() {
        return leader;
    }

    public boolean isLeader() {
        return self.equals(leader);
    }

    /** Commands that wait at this node. */
    public int waiting() {
        return submissions.size();
    }

    /** What the log's configuration should become by the state of this moment; null when this is no leader's affair. */
    public @Nullable LogMembers wantedMembers() {
        return isLeader() ? duties.members(state(), configuration) : null;
    }

    @Override
    public void step(long stepNowMs, AuthorityInput input, Consumer<? super AuthorityEffect> sink) {
        nowMs = stepNowMs;
        out = sink;
        submissions.beginStep(nowMs, out);
        switch (input) {
            case Tick() -> onTick();
            case Submit submit -> onSubmit(submit);
            case Received(NodeId from, AuthorityMessage message) -> onMessage(from, message);
            case LeaderChanged(NodeId next, long ignored) -> onLeader(next);
            case Committed(List<Agreed> entries) -> onCommitted(entries);
            case ProposalRefused(long opId) -> proposals.remove(opId);
            case ConfigurationChanged changed -> configuration = changed;
            case Install(Snapshot snapshot) -> onInstall(snapshot);
            case Stored(long opId) -> onStored(opId);
            case Settled(long epoch) -> onSettled(epoch);
            case MembersChanged(SortedSet<NodeId> now) -> alive = now;
        }
    }

    // ---- time

    private void onTick() {
        if (!adoption.hasBegun()) {
            adopt();
        }
        submissions.due().forEach(this::dispatch);
        proofs.expired(nowMs).forEach(this::propose);
        register();
        if (nowMs >= nextDutyMs) {
            nextDutyMs = nowMs + DUTY_MS;
            reportBarriers();
            lead();
        }
    }

    private void register() {
        Command due = submissions.has(Purpose.REGISTRATION) ? null : registration.due(nowMs, state());
        if (due != null) {
            ask(due, Purpose.REGISTRATION);
        }
    }

    private void lead() {
        if (!isLeader()) {
            return;
        }
        TreeSet<NodeId> answering = new TreeSet<>(alive);
        answering.add(self);
        LeaderDuties.Due due = duties.due(state(), configuration, answering);
        if (due != null && !submissions.has(due.purpose())) {
            trace(new AuthorityTrace.Asked(due.command()));
            ask(due.command(), due.purpose());
        }
        if (wantedMembers() != null) {
            out.accept(new ChangeMembers());
        }
    }

    // ---- commands

    private void onSubmit(Submit submit) {
        if (submissions.isFull()) {
            out.accept(new Unanswered(submit.ticket(), Trouble.OVERLOADED, Outcome.NOT_APPLIED));
            return;
        }
        Submission submission =
                new Submission(CommandId.mint(random), appliedIndex(), submit.session(), submit.command());
        dispatch(submissions.add(submission, new Asker.Door(submit.ticket())));
    }

    private void ask(Command command, Purpose purpose) {
        Submission submission = new Submission(CommandId.mint(random), appliedIndex(), 0, command);
        dispatch(submissions.add(submission, new Asker.Own(purpose)));
    }

    private void dispatch(Waiting each) {
        if (!isLeader()) {
            submissions.forward(each, nextHop(each));
            return;
        }
        each.sent = true;
        each.nextTryMs = nowMs + config.retryMs();
        if (!proofs.asks(nowMs, state(), each.submission, out)) {
            propose(each.submission);
        }
    }

    private @Nullable NodeId nextHop(Waiting each) {
        if (each.hint != null) {
            return each.hint;
        }
        return leader != null ? leader : contacts.next(state(), alive);
    }

    private void propose(Submission submission) {
        if (!isLeader() || proposals.containsValue(submission.id())) {
            return;
        }
        int sizeBytes = submission.encode().length;
        if (sizeBytes > Submission.MOST_BYTES) {
            answered(submission.id(), 0, Submissions.tooLong(sizeBytes));
            return;
        }
        proposals.put(++lastOpId, submission.id());
        out.accept(new Propose(lastOpId, submission));
        if (config.has(AuthorityFlaw.ANSWERED_BEFORE_COMMITTED)) {
            Rules.Applied foreseen = rules.apply(state(), appliedIndex() + 1, submission);
            answered(submission.id(), foreseen.index(), foreseen.answer());
        }
    }

    // ---- messages

    private void onMessage(NodeId from, AuthorityMessage message) {
        switch (message) {
            case Forward(Submission submission) -> onForward(from, submission);
            case Reply(CommandId id, long index, Answer answer) -> answered(id, index, answer);
            case NotLeader refused -> onNotLeader(from, refused);
            case WhoAreYou(long question) ->
                out.accept(new Send(
                        from, new IAm(question, self, registration.start().volume())));
            case IAm answer -> onPlaceAnswer(answer);
        }
    }

    private void onForward(NodeId from, Submission submission) {
        boolean known = submissions.find(submission.id()) != null;
        if (!isLeader() || (!known && submissions.isFull())) {
            out.accept(new Send(from, new NotLeader(submission.id(), isLeader() ? null : leader)));
            return;
        }
        Waiting each = submissions.find(submission.id());
        dispatch(each != null ? each : submissions.add(submission, new Asker.Peer(from)));
    }

    private void onNotLeader(NodeId from, NotLeader refused) {
        Waiting again = submissions.onNotLeader(from, refused);
        if (again != null) {
            dispatch(again);
        }
    }

    private void onPlaceAnswer(IAm answer) {
        Submission proven = proofs.onAnswer(answer, out);
        if (proven != null) {
            propose(proven);
        }
    }

    // ---- the log

    private void onLeader(@Nullable NodeId next) {
        leader = next;
        proposals.clear();
        proofs.clear();
        if (!isLeader()) {
            submissions.turnPeersAway(next);
        }
        if (next != null) {
            submissions.all().forEach(this::dispatch);
        }
        nextDutyMs = nowMs;
    }

    private void onCommitted(List<Agreed> entries) {
        Snapshot next = keeper.newest();
        for (Agreed entry : entries) {
            if (entry.index() > next.index()) {
                next = after(next, entry);
            }
        }
        keeper.become(next, out);
        if (config.has(AuthorityFlaw.ADOPTED_BEFORE_STORED)) {
            adopt();
        }
    }

    private Snapshot after(Snapshot before, Agreed entry) {
        Invariants.check(
                entry.index() == before.index() + 1, "entry %s was committed after %s", entry.index(), before.index());
        Submission submission = entry.submission();
        AuthorityState state = before.state();
        if (submission != null) {
            Rules.Applied applied = rules.apply(state, entry.index(), submission);
            state = applied.state();
            trace(new AuthorityTrace.Applied(entry.index(), submission, applied.answer(), state));
            proposals.values().remove(submission.id());
            answered(submission.id(), applied.index(), applied.answer());
        }
        return new Snapshot(entry.index(), entry.term(), state);
    }

    private void answered(CommandId id, long index, Answer answer) {
        Purpose own = submissions.answer(id, index, answer);
        if (own == Purpose.REGISTRATION) {
            registration.onAnswer(nowMs, answer, out);
        }
    }

    private void onInstall(Snapshot snapshot) {
        if (snapshot.index() <= appliedIndex()) {
            out.accept(new Installed(snapshot.index(), snapshot.term()));
            return;
        }
        installing = snapshot;
        proposals.clear();
        trace(new AuthorityTrace.InstalledState(snapshot.index(), snapshot.state()));
        keeper.become(snapshot, out);
    }

    // ---- this node

    private void onStored(long opId) {
        if (!keeper.onStored(opId, out)) {
            return;
        }
        Snapshot wanted = installing;
        if (wanted != null && keeper.durable().index() >= wanted.index()) {
            installing = null;
            out.accept(new Installed(wanted.index(), wanted.term()));
        }
        adopt();
    }

    private void adopt() {
        boolean hasty = config.has(AuthorityFlaw.ADOPTED_BEFORE_STORED);
        RingChanged changed = adoption.adopt(hasty ? state() : keeper.durable().state());
        if (changed != null) {
            out.accept(changed);
        }
    }

    private void onSettled(long epoch) {
        adoption.settle(epoch);
        reportBarriers();
    }

    private void reportBarriers() {
        VolumeId volume = registration.start().volume().volume();
        BarrierPassed report = submissions.has(Purpose.BARRIER)
                ? null
                : adoption.report(keeper.durable().state(), self, volume);
        if (report != null) {
            trace(new AuthorityTrace.Asked(report));
            ask(report, Purpose.BARRIER);
        }
    }

    private void trace(AuthorityTrace event) {
        out.accept(new Trace(event));
    }

    @Override
    public String toString() {
        return "Authority[" + self.shortName() + " at " + appliedIndex() + ", led by " + leader + "]";
    }
}
