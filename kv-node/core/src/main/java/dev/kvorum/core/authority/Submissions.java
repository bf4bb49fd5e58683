package dev.kvorum.core.authority;

import dev.kvorum.core.authority.AuthorityEffect.Answered;
import dev.kvorum.core.authority.AuthorityEffect.Send;
import dev.kvorum.core.authority.AuthorityEffect.Trouble;
import dev.kvorum.core.authority.AuthorityEffect.Unanswered;
import dev.kvorum.core.authority.AuthorityMessage.Forward;
import dev.kvorum.core.authority.AuthorityMessage.NotLeader;
import dev.kvorum.core.authority.AuthorityMessage.Reply;
import dev.kvorum.core.authority.Waiting.Asker;
import dev.kvorum.core.authority.Waiting.Purpose;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands that wait for an answer at this node, and their way to the leader. Bounded. */
final class Submissions {

    private static final int MOST_HOPS = 4;
    private static final int PEER_PATIENCE_MS = 10_000;

    private final AuthorityConfig config;
    private final Map<CommandId, Waiting> waiting = new LinkedHashMap<>();
    private long nowMs;
    private Consumer<? super AuthorityEffect> out = effect -> {};

    Submissions(AuthorityConfig config) {
        this.config = config;
    }

    void beginStep(long stepNowMs, Consumer<? super AuthorityEffect> sink) {
        nowMs = stepNowMs;
        out = sink;
    }

    /** How many wait. */
    int size() {
        return waiting.size();
    }

    boolean isFull() {
        return waiting.size() >= config.mostWaiting();
    }

    boolean has(Purpose purpose) {
        Asker asker = new Asker.Own(purpose);
        return waiting.values().stream().anyMatch(each -> each.asker.equals(asker));
    }

    Waiting add(Submission submission, Asker asker) {
        long deadlineMs = switch (asker) {
            case Asker.Door ignored -> nowMs + config.answerWithinMs();
            case Asker.Peer ignored -> nowMs + PEER_PATIENCE_MS;
            case Asker.Own ignored -> Long.MAX_VALUE;
        };
        Waiting added = new Waiting(submission, asker, deadlineMs);
        added.nextTryMs = nowMs + config.retryMs();
        waiting.put(submission.id(), added);
        return added;
    }

    @Nullable
    Waiting find(CommandId id) {
        return waiting.get(id);
    }

    /** Takes an answer to whoever asked; what concerns this node itself is returned. */
    @Nullable
    Purpose answer(CommandId id, long index, Answer answer) {
        Waiting answered = waiting.remove(id);
        if (answered == null) {
            return null;
        }
        return switch (answered.asker) {
            case Asker.Door(long ticket) -> {
                out.accept(new Answered(ticket, index, answer));
                yield null;
            }
            case Asker.Peer(NodeId node) -> {
                out.accept(new Send(node, new Reply(id, index, answer)));
                yield null;
            }
            case Asker.Own(Purpose purpose) -> purpose;
        };
    }

    /** Sends a command towards the leader; to nobody when no node is known that might know one. */
    void forward(Waiting each, @Nullable NodeId to) {
        each.nextTryMs = nowMs + config.retryMs();
        if (to != null) {
            each.sent = true;
            out.accept(new Send(to, new Forward(each.submission)));
        }
    }

    /** The node to ask next because another does not lead; null when it is better to wait a little. */
    @Nullable
    Waiting onNotLeader(NodeId from, NotLeader answer) {
        Waiting each = waiting.get(answer.id());
        NodeId leader = answer.leader();
        if (each == null || leader == null || leader.equals(from) || each.hops >= MOST_HOPS) {
            return null;
        }
        each.hops++;
        each.hint = leader;
        return each;
    }

    /** This node does not lead any more: peers look for who does. */
    void turnPeersAway(@Nullable NodeId leader) {
        waiting.values().removeIf(each -> {
            if (each.asker instanceof Asker.Peer(NodeId node)) {
                out.accept(new Send(node, new NotLeader(each.submission.id(), leader)));
                return true;
            }
            return false;
        });
    }

    /** Everything that shall be tried at once. */
    List<Waiting> all() {
        return new ArrayList<>(waiting.values());
    }

    /** Ends what waited too long and returns what is due for another try. */
    List<Waiting> due() {
        List<Waiting> due = new ArrayList<>();
        waiting.values().removeIf(each -> {
            boolean over = each.deadlineMs <= nowMs;
            if (over && each.asker instanceof Asker.Door(long ticket)) {
                Outcome outcome = each.sent ? Outcome.UNKNOWN : Outcome.NOT_APPLIED;
                out.accept(new Unanswered(ticket, Trouble.TIMEOUT, outcome));
            } else if (!over && each.nextTryMs <= nowMs) {
                each.hops = 0;
                each.hint = null;
                due.add(each);
            }
            return over;
        });
        return due;
    }

    static Answer tooLong(int bytes) {
        return new Answer.Refused(
                RefusalCode.BAD_REQUEST,
                "the command takes " + bytes + " bytes, at most " + Submission.MOST_BYTES
                        + " fit; ask for less at once");
    }
}
