package dev.kvorum.sim.authority;

import static dev.kvorum.sim.authority.AuthorityChecker.law;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.CommandId;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.NodeState;
import dev.kvorum.core.authority.ShardState;
import dev.kvorum.core.ring.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What must be true of any agreed log: retries, sessions, epochs (I12), recoveries, members. */
final class StateLaws {

    /** What a recovery must at least leave free for what the lost group may have decided. */
    private static final long LEAST_JUMP = 1_000;

    private record Owners(List<NodeId> replicas, SortedSet<NodeId> incomplete) {}

    private final Map<String, Owners> ownersByEpoch = new HashMap<>();
    private final Set<CommandId> seen = new HashSet<>();
    private final TreeSet<Long> sessions = new TreeSet<>();
    private long session;

    void check(Agreed agreed) {
        boolean isRepeated = agreed.entry().command().isRemembered()
                && !seen.add(agreed.entry().id());
        boolean isSame = Agreed.isSame(agreed.before(), agreed.after());
        law(!agreed.isRefused() || isSame, "a refusal changed the state: %s", agreed.answer());
        law(!isRepeated || isSame, "a retry took effect again: %s", agreed.entry());
        checkSession(agreed, isRepeated);
        checkEpochs(agreed.before(), agreed.after());
        checkRecovery(agreed);
        agreed.after().nodes().values().forEach(node -> checkNode(node, agreed.after()));
        checkVolumes(agreed.after());
    }

    // ---- sessions

    private void checkSession(Agreed agreed, boolean isRepeated) {
        long asked = agreed.entry().session();
        boolean acts = !agreed.isRefused() && !isRepeated;
        law(!acts || asked == 0 || asked == session, "session %s acted while %s is open", asked, session);
        if (agreed.answer() instanceof Answer.SessionOpened(long number) && !isRepeated) {
            law(number > session, "session %s was opened after %s", number, session);
            law(sessions.add(number), "session %s was opened twice", number);
        }
        session = Math.max(session, agreed.after().session().number());
    }

    // ---- epochs (I12)

    private void checkEpochs(AuthorityState before, AuthorityState after) {
        law(after.epoch() >= before.epoch(), "I12: the epoch went back to %s", after.epoch());
        for (ShardState shard : after.shards()) {
            Owners now = new Owners(shard.entry().replicas(), shard.incomplete());
            Owners known = ownersByEpoch.putIfAbsent(shard.shard() + "@" + shard.epoch(), now);
            law(known == null || known.equals(now), "I12: two owner sets at one epoch: %s and %s", shard, known);
            law(shard.epoch() <= after.epoch(), "I12: an entry is ahead of the ring: %s", shard);
        }
        for (ShardState shard : before.shards()) {
            law(after.shards().get(shard.shard()).epoch() >= shard.epoch(), "I12: an entry went back: %s", shard);
        }
    }

    private static void checkRecovery(Agreed agreed) {
        AuthorityState before = agreed.before();
        AuthorityState after = agreed.after();
        boolean isRecovery = agreed.entry().command() instanceof Command.Recover && !agreed.isRefused();
        if (!isRecovery) {
            law(
                    !before.isFounded() || before.charter().equals(after.charter()),
                    "the charter changed without a recovery: %s",
                    agreed.entry());
        } else if (!Agreed.isSame(before, after)) {
            law(
                    after.charter().generation() == before.charter().generation() + 1,
                    "a recovery left the generation at %s",
                    after.charter().generation());
            law(
                    after.shards().stream().allMatch(shard -> shard.epoch() > before.epoch() + LEAST_JUMP),
                    "I12: a recovery goes on with epochs that the lost group may have used");
        }
    }

    // ---- members

    private static void checkNode(NodeEntry node, AuthorityState after) {
        boolean isVoter = after.voters().contains(node.id());
        law(node.isCurrent() || !isVoter, "a node that is gone votes: %s", node);
        law(
                node.state() != NodeState.RETIRED
                        || after.shards().stream()
                                .noneMatch(shard -> shard.entry().isReplica(node.id())),
                "a retired node owns shards: %s",
                node);
    }

    private static void checkVolumes(AuthorityState after) {
        TreeSet<String> volumes = new TreeSet<>();
        for (NodeEntry node : after.nodes().values()) {
            boolean isFirst = node.registered() == null
                    || volumes.add(node.registered().volume().toString());
            law(isFirst, "two nodes live on one volume: %s", node);
        }
    }
}
