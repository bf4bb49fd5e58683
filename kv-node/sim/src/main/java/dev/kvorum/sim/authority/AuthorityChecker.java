package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.RefusalCode;
import dev.kvorum.core.authority.Submission;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.sim.check.Violation;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches a cluster's authority from outside: every entry with the states around it, every answer, every ring that a
 * data path is told. What is agreed is judged by {@link StateLaws} and {@link VolumeLaws} once, and held against what
 * every other node makes of it (I11); answers must be those of the agreed log, in real time (I10).
 */
final class AuthorityChecker {

    /** What was told to somebody who asked. */
    private record Told(long index, Answer answer) {}

    private final LogLaws log = new LogLaws();
    private final StateLaws states = new StateLaws();
    private final VolumeLaws volumes;
    private final TreeMap<Long, Agreed> agreed = new TreeMap<>();
    private final TreeMap<Long, Long> begunAbove = new TreeMap<>();
    private final TreeMap<Long, Told> told = new TreeMap<>();
    private long highestAnswered;
    private int remembered;

    AuthorityChecker(String clusterId) {
        volumes = new VolumeLaws(clusterId);
    }

    LogLaws log() {
        return log;
    }

    /** How many were answered. */
    int answers() {
        return told.size();
    }

    /** How many commands were agreed whose answers are remembered. */
    int remembered() {
        return remembered;
    }

    boolean isGivenUp(VolumeId volume) {
        return volumes.isGivenUp(volume);
    }

    /** The latest state that anybody has applied. */
    AuthorityState latest() {
        return agreed.isEmpty()
                ? AuthorityState.EMPTY
                : agreed.lastEntry().getValue().after();
    }

    long highestAnswered() {
        return highestAnswered;
    }

    private AuthorityState stateAt(long index) {
        Map.Entry<Long, Agreed> last = agreed.floorEntry(index);
        return last == null ? AuthorityState.EMPTY : last.getValue().after();
    }

    // ---- states

    void onStart(String node, Volume volume) {
        AuthorityState right = stateAt(volume.state.index());
        law(
                volume.state.read().state().equals(right),
                "I11: %s stored another state at %s than was agreed",
                node,
                volume.state.index());
    }

    /** A node has applied an entry. */
    void onApplied(String node, long index, Submission entry, Answer answer, AuthorityState after) {
        Agreed known = agreed.get(index);
        if (known == null) {
            Agreed next = new Agreed(index, latest(), entry, answer, after);
            law(agreed.isEmpty() || index > agreed.lastKey(), "I11: %s applies entry %s late", node, index);
            agreed.put(index, next);
            remembered += entry.command().isRemembered() ? 1 : 0;
            states.check(next);
            volumes.check(next);
        } else {
            law(known.entry().equals(entry), "I11: %s applies another entry at %s: %s", node, index, entry);
            law(known.after().equals(after), "I11: %s has another state at %s", node, index);
        }
    }

    void onInstalled(String node, long index, AuthorityState state) {
        law(stateAt(index).equals(state), "I11: %s took another state at %s than was agreed", node, index);
    }

    /** A node's data path goes by this from now on; so far its disk holds all entries up to an index. */
    void onRing(String node, AuthorityState adopted, long durableIndex) {
        if (durableIndex == 0 || !stateAt(durableIndex).isFounded()) {
            law(adopted.epoch() == 1 && adopted.session().number() == 0, "%s acts on what is not durable", node);
            return;
        }
        for (Agreed place : agreed.headMap(durableIndex, true).descendingMap().values()) {
            if (Agreed.isSame(place.after(), adopted)) {
                return;
            }
        }
        law(false, "%s acts on a ring of epoch %s that is not durable there", node, adopted.epoch());
    }

    /** A node says that it has adopted entries and ended what came before. */
    void onReport(String node, Command.BarrierPassed report, long settledEpoch) {
        report.shards()
                .forEach(shard -> law(
                        shard.epoch() <= settledEpoch, "%s reports %s and has settled %s", node, shard, settledEpoch));
    }

    // ---- clients

    /** A client begins: its command can only take effect after everything that was answered by now. */
    void onBegin(long ticket) {
        begunAbove.put(ticket, highestAnswered);
    }

    /** Tells whether it is the first answer. Later ones are the same, where they are remembered. */
    boolean onAnswered(long ticket, long index, Answer answer) {
        boolean isForgotten =
                answer instanceof Answer.Refused(RefusalCode code, String ignored) && code == RefusalCode.TOO_LATE;
        Told now = new Told(index, answer);
        Told before = told.putIfAbsent(ticket, now);
        if (before != null) {
            Agreed first = agreed.get(before.index());
            boolean isKept = first != null && first.entry().command().isRemembered() && !isForgotten;
            law(!isKept || before.equals(now), "I10: ticket %s was answered %s, and then %s", ticket, before, now);
            return false;
        }
        Agreed place = agreed.get(index);
        Answer right = isForgotten ? answer : answerAt(place);
        law(place != null, "I10: ticket %s was answered before anybody applied %s", ticket, index);
        law(answer.equals(right), "I10: ticket %s was answered %s, the log says %s", ticket, answer, right);
        boolean isLater = index > begunAbove.getOrDefault(ticket, 0L);
        law(isLater, "I10: ticket %s took effect at %s, which was over when it began", ticket, index);
        highestAnswered = Math.max(highestAnswered, index);
        return true;
    }

    private static @Nullable Answer answerAt(@Nullable Agreed place) {
        return place == null ? null : place.answer();
    }

    static void law(boolean holds, String broken, @Nullable Object... arguments) {
        if (!holds) {
            throw new Violation(String.format(Locale.ROOT, broken, arguments));
        }
    }
}
