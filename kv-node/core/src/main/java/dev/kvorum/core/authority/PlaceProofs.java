package dev.kvorum.core.authority;

import dev.kvorum.core.authority.AuthorityMessage.IAm;
import dev.kvorum.core.authority.AuthorityMessage.WhoAreYou;
import dev.kvorum.core.authority.Command.NewVolume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The leader's question to a registered address, before a new volume may take a node over: whoever answers there is the
 * node now, since no two processes hold one address.
 */
final class PlaceProofs {

    private static final int ANSWER_MS = 1_000;

    private final RandomGenerator random;
    private final Map<CommandId, Question> open = new LinkedHashMap<>();

    private record Question(long number, Submission submission, NodeEntry node, long deadlineMs) {}

    PlaceProofs(RandomGenerator random) {
        this.random = random;
    }

    /** Whether the submission waits for an answer from now on, or did before. */
    boolean asks(long nowMs, AuthorityState state, Submission submission, Consumer<? super AuthorityEffect> out) {
        if (open.containsKey(submission.id())) {
            return true;
        }
        NodeEntry node = doubted(state, submission.command());
        if (node == null) {
            return false;
        }
        Question question = new Question(random.nextLong(), submission, node, nowMs + ANSWER_MS);
        open.put(submission.id(), question);
        out.accept(new AuthorityEffect.Call(node.node().host(), node.node().ports(), new WhoAreYou(question.number())));
        if (node.registered() != null) {
            out.accept(new AuthorityEffect.Trace(new AuthorityTrace.PlaceAsked(node.id(), node.registered())));
        }
        return true;
    }

    /** The node whose registered volume the command would replace without a proof yet; null when there is none. */
    private static @Nullable NodeEntry doubted(AuthorityState state, Command command) {
        if (!(command instanceof NewVolume(Start start, Proof proof)) || proof instanceof Proof.Place) {
            return null;
        }
        NodeEntry byId = state.node(start.node().id());
        NodeEntry node =
                byId != null ? byId : new Draft(state).named(start.node().name());
        VolumeStart last = node == null || !node.isCurrent() ? null : node.registered();
        return last == null || last.isSameProcess(start.volume()) || counts(proof, last) ? null : node;
    }

    /** Whether this is the damaged volume's own count; of another volume than the registered one it says nothing. */
    private static boolean counts(Proof proof, VolumeStart last) {
        return proof instanceof Proof.Counter(VolumeId former, long boot)
                && last.volume().equals(former)
                && boot > last.boot();
    }

    /** The submission to propose now that its question has been answered; null when the answer is to none. */
    @Nullable
    Submission onAnswer(IAm answer, Consumer<? super AuthorityEffect> out) {
        for (Question question : open.values()) {
            if (question.number() == answer.question()) {
                open.remove(question.submission().id());
                return proven(question, answer, out);
            }
        }
        return null;
    }

    /** Those whose question stayed unanswered: they go on without proof, and are refused. */
    List<Submission> expired(long nowMs) {
        List<Submission> late = new ArrayList<>();
        open.values().removeIf(question -> question.deadlineMs() <= nowMs && late.add(question.submission()));
        return late;
    }

    void clear() {
        open.clear();
    }

    private static Submission proven(Question question, IAm answer, Consumer<? super AuthorityEffect> out) {
        Submission asked = question.submission();
        VolumeStart last = question.node().registered();
        Proof proof = new Proof.None();
        Command command = asked.command();
        if (command instanceof NewVolume(Start start, Proof ignored)
                && last != null
                && start.volume().isSameProcess(answer.volume())) {
            proof = new Proof.Place(last);
            command = new NewVolume(start, proof);
        }
        out.accept(new AuthorityEffect.Trace(
                new AuthorityTrace.PlaceAnswered(question.node().id(), proof)));
        return new Submission(asked.id(), asked.basis(), asked.session(), command);
    }
}
