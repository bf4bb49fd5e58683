package dev.kvorum.server.node;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityEffect;
import dev.kvorum.core.authority.AuthorityInput;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.AuthorityTrace;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.RefusalCode;
import dev.kvorum.core.authority.StateForm;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.node.AuthorityGroup;
import dev.kvorum.core.node.AuthorityGroupEffect;
import dev.kvorum.core.node.AuthorityGroupInput;
import dev.kvorum.core.node.AuthorityGroupWrite;
import dev.kvorum.core.node.ControlMessage;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.server.door.AuthorityControl.Decision;
import dev.kvorum.server.door.AuthorityView;
import dev.kvorum.storage.GroupRecords;
import dev.kvorum.storage.GroupRecords.Order;
import dev.kvorum.storage.commit.CommitListener;
import dev.kvorum.storage.commit.Submitted;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives this node's part of the authority: gives it time, packets and what became durable, carries out what it asks
 * for. Everything runs on the control context's thread but {@link #view()} and {@link #decide}.
 */
final class AuthorityShell implements CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityShell.class);
    private static final long NOBODY_WAITS = -1;

    /** What the authority does to the node around it. */
    interface Node {
        /** The data path goes by this from now on. */
        void adopt(Ring ring, AuthorityState state);

        /** This node leads the log. */
        void onLeads();

        /** This process may act as the node of the answer. */
        void onRegistered(Answer.Registered answer);

        /** This process may not act, and asking again does not help. */
        void onRefused(RefusalCode code, String detail);

        /** Something that was promised in the log, or acknowledged, is gone from this volume. */
        void onForgotten(String what);

        /** This process may not act yet. */
        void onWaits(RefusalCode code, String reason);

        /** A machine met a state that it rules out, or a write failed: nothing of this process is to be trusted. */
        void onBug();
    }

    /** The machine with what it stands on. */
    record Parts(AuthorityGroup group, GroupRecords records, GroupWrites.Found found) {}

    private final Vertx vertx;
    private final Context context;
    private final Node node;
    private final ControlLinks links;
    private final AuthorityGroup group;
    private final GroupRecords records;
    private final Map<Long, Promise<Decision>> waiting = new HashMap<>();
    private final ArrayDeque<AuthorityGroupInput> next = new ArrayDeque<>();
    private final OwnThread thread;
    private boolean stepping;
    private long lastTicket;
    private long leaderChanges;
    private Role role = Role.FOLLOWER;
    private volatile AuthorityView view;
    private boolean ended;

    AuthorityShell(Context context, Parts parts, ControlLinks links, Node node) {
        this.vertx = context.owner();
        this.context = context;
        this.node = node;
        this.thread = new OwnThread(bug -> node.onBug());
        this.links = links;
        this.group = parts.group();
        this.records = parts.records();
        this.view = look();
    }

    /** Begins where an earlier process ended. */
    void begin(GroupWrites.Found found) {
        if (!thread.isThis()) {
            return;
        }
        Damage damage = found.damage();
        stepping = true;
        group.begin(Clock.nowMs(), found.saved(), damage == null ? new Damage.None() : damage, this::perform);
        stepping = false;
        vertx.setPeriodic(AuthorityGroup.TICK_MS, timer -> step(new AuthorityGroupInput.Tick()));
        step(new AuthorityGroupInput.Tick());
    }

    /** What a restart finds; on the control context. */
    StateForm.Snapshot durable() {
        return group.authority().durable();
    }

    AuthorityView view() {
        return view;
    }

    /** Leadership, as this node heard of it, since its start. */
    long leaderChanges() {
        return leaderChanges;
    }

    /** From any thread; the answer comes on the control context. */
    Future<Decision> decide(long session, Command command) {
        Promise<Decision> decision = Promise.promise();
        context.runOnContext(here -> {
            long ticket = ++lastTicket;
            waiting.put(ticket, decision);
            step(new AuthorityGroupInput.Submit(new AuthorityInput.Submit(ticket, session, command)));
        });
        return decision.future();
    }

    void onPacket(ConsensusPacket packet) {
        step(new AuthorityGroupInput.PacketReceived(packet));
    }

    void onMessage(NodeId from, AuthorityMessage message) {
        step(new AuthorityGroupInput.MessageReceived(from, message));
    }

    void onMembers(SortedSet<NodeId> alive) {
        step(new AuthorityGroupInput.MembersChanged(new AuthorityInput.MembersChanged(alive)));
    }

    void onSettled(long epoch) {
        step(new AuthorityGroupInput.Settled(epoch));
    }

    /** Does nothing more; what waits hears that nobody knows. */
    void end() {
        ended = true;
        waiting.values()
                .forEach(decision -> decision.tryComplete(
                        new Decision.Unanswered(AuthorityEffect.Trouble.TIMEOUT, Outcome.UNKNOWN)));
        waiting.clear();
    }

    // ---- the machine

    /** What an effect brings about at once waits until the step that asked for it is over. */
    private void step(AuthorityGroupInput input) {
        if (ended || !thread.isThis()) {
            return;
        }
        if (stepping) {
            next.add(input);
            return;
        }
        stepping = true;
        try {
            group.step(Clock.nowMs(), input, this::perform);
            while (!next.isEmpty()) {
                group.step(Clock.nowMs(), next.remove(), this::perform);
            }
            view = look();
        } catch (RuntimeException bug) {
            LOG.error("the authority stopped at {}: the process ends and restarts", input, bug);
            ended = true;
            node.onBug();
        } finally {
            stepping = false;
        }
    }

    private AuthorityView look() {
        var log = group.log();
        var durable = group.authority().durable();
        return new AuthorityView(
                durable.state(),
                group.authority().leader(),
                log.role(),
                log.term(),
                durable.index(),
                log.commitIndex(),
                log.configuration().voters().stream().map(ReplicaId::node).toList());
    }

    private void perform(AuthorityGroupEffect effect) {
        switch (effect) {
            case AuthorityGroupEffect.SendPacket(ConsensusPacket packet) ->
                links.send(packet.to().node(), new ControlMessage.LogPacket(packet));
            case AuthorityGroupEffect.Store(long opId, AuthorityGroupWrite write) ->
                require(GroupWrites.submit(records, new Order(opId, this), write));
            case AuthorityGroupEffect.Compact(long through) ->
                require(records.compact(new Order(NOBODY_WAITS, this), through));
            case AuthorityGroupEffect.Decided(AuthorityEffect decided) -> perform(decided);
            case AuthorityGroupEffect.RoleChanged(Role now, long term) -> onRole(now, term);
            case AuthorityGroupEffect.LogLost(String what) -> node.onForgotten(what);
            case AuthorityGroupEffect.LogTrace(var event) -> LOG.debug("{}", event);
        }
    }

    /** A store that takes nothing more is about to end, or to be restarted: silence is what others see. */
    private void require(Submitted submitted) {
        if (submitted != Submitted.ACCEPTED) {
            LOG.warn("the store took no record of the authority: {}", submitted);
            ended = true;
        }
    }

    private void onRole(Role now, long term) {
        leaderChanges++;
        if (now != role) {
            LOG.info("{} of the authority in term {}", now, term);
        }
        role = now;
        if (now == Role.LEADER) {
            node.onLeads();
        }
    }

    private void perform(AuthorityEffect effect) {
        switch (effect) {
            case AuthorityEffect.Send(NodeId to, AuthorityMessage message) ->
                links.send(to, new ControlMessage.Command(message));
            case AuthorityEffect.Call(String host, var ports, AuthorityMessage message) ->
                links.call(host, ports.membership(), new ControlMessage.Command(message));
            case AuthorityEffect.RingChanged(Ring ring, AuthorityState state) -> node.adopt(ring, state);
            case AuthorityEffect.Registered(Answer.Registered answer) -> node.onRegistered(answer);
            case AuthorityEffect.RegistrationRefused(RefusalCode code, String detail) -> node.onRefused(code, detail);
            case AuthorityEffect.RegistrationWaits(RefusalCode code, String reason) -> node.onWaits(code, reason);
            case AuthorityEffect.Answered(long ticket, long index, Answer answer) ->
                answer(ticket, new Decision.Answered(index, answer));
            case AuthorityEffect.Unanswered(long ticket, var trouble, var outcome) ->
                answer(ticket, new Decision.Unanswered(trouble, outcome));
            case AuthorityEffect.Trace(AuthorityTrace event) -> LOG.debug("{}", event);
            case AuthorityEffect.Propose inside -> throw inside(inside);
            case AuthorityEffect.ChangeMembers inside -> throw inside(inside);
            case AuthorityEffect.Installed inside -> throw inside(inside);
            case AuthorityEffect.Store inside -> throw inside(inside);
        }
    }

    private static RuntimeException inside(AuthorityEffect effect) {
        return new IllegalStateException(effect + " is between the log and the authority");
    }

    private void answer(long ticket, Decision decision) {
        Promise<Decision> waits = waiting.remove(ticket);
        if (waits != null) {
            waits.complete(decision);
        }
    }

    // ---- the committer's answers, on the committer's thread

    @Override
    public void committed(long[] opIds, int count) {
        context.runOnContext(here -> {
            for (int i = 0; i < count; i++) {
                step(new AuthorityGroupInput.Stored(opIds[i]));
            }
        });
    }

    @Override
    public void failed(long[] opIds, int count, Throwable cause) {
        context.runOnContext(here -> {
            LOG.error("the outcome of a write of the authority is unknown: the process ends", cause);
            ended = true;
            node.onBug();
        });
    }
}
