package dev.kvorum.sim.check;

import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds what clients were told against what is there, by dots (I1 to I6, I14): every dot names one value, no value
 * stands under two dots, no acknowledged or shown dot vanishes without somebody entitled to replace it, reads cover
 * what was acknowledged or shown before they began, and siblings are concurrent.
 *
 * <p>Knows each object that a node stores, in the order in which that happens, so that it meets every dot first where
 * its coordinator issues it.
 */
public final class DotChecker {

    /** What the world knows that promises depend on. */
    public interface Terms {

        /** The smallest W that the key's bucket ever had: what a smaller one acknowledges is promised nothing. */
        int write(Key key);

        /** How many nodes lost unsynced data since an instant. */
        int lostSince(long us);

        /** What was begun before this instant may be lost, since a person accepted that. */
        long excusedUntilUs(Key key);
    }

    private final int factor;
    private final Terms terms;
    private final Map<Key, KeyLedger> ledgers = new LinkedHashMap<>();
    private final TreeSet<Key> unsyncedKeys = new TreeSet<>(java.util.Comparator.comparing(Key::toString));

    /**
     * @param factor replicas of each shard (N)
     */
    public DotChecker(int factor, Terms terms) {
        this.factor = factor;
        this.terms = terms;
    }

    /** A client asks. */
    public void onAsked(Attempt attempt) {
        ledger(attempt.key()).ask(attempt);
        if (attempt.request().levels().durability() == Durability.OS) {
            unsyncedKeys.add(attempt.key());
        }
    }

    /**
     * A node stores an object.
     *
     * @param homeSinceUs since when the node holds itself for the home: whatever was promised before, a write without a
     *     context that it coordinates replaces
     * @param homeWrite the bucket's W as the node knows it: what fewer replicas hold it may not have met
     * @return whether a dot was met for the first time, so that the node coordinates the write
     */
    public boolean onStored(Key key, KvObject object, long homeSinceUs, int homeWrite) {
        KeyLedger ledger = ledger(key);
        List<Issued> issued = ledger.meet(object);
        for (Issued fresh : issued) {
            if (fresh.replacesAll()) {
                requireTakenOver(key, fresh, homeSinceUs, homeWrite);
            }
        }
        return !issued.isEmpty();
    }

    private void requireTakenOver(Key key, Issued fresh, long homeSinceUs, int homeWrite) {
        Violation.unless(fresh.survivors().isEmpty(), "I4: %s left siblings although it replaces all", fresh);
        for (Promise promise : ledger(key).promises()) {
            if (promise.madeUs() < homeSinceUs
                    && promise.holders() >= homeWrite
                    && !fresh.claim().covers(promise.version())
                    && !isVoid(key, promise)) {
                throw new Violation(
                        "I4: " + fresh + " does not replace " + promise + ", promised before its home took over");
            }
        }
    }

    /** A write was acknowledged. */
    public void onWritten(Attempt attempt, ClientReply.Written reply, long nowUs) {
        KeyLedger ledger = ledger(attempt.key());
        Issued written = find(ledger, attempt, reply);
        Dot dot = written.sibling.dot();
        Violation.unless(reply.context().covers(dot), "I6: the context of %s does not cover it", attempt);
        Version sent = attempt.request().context();
        for (Dot survivor : written.survivors()) {
            Violation.unless(
                    !reply.context().covers(survivor) || (sent != null && sent.covers(survivor)),
                    "I4: the context of %s covers %s, which its client was not shown",
                    attempt,
                    survivor);
        }
        ledger.recognize(reply.previous());
        var levels = attempt.request().levels();
        requireAchieved(attempt, reply.achieved(), levels.write());
        if (levels.write() >= terms.write(attempt.key())) {
            Promise promise =
                    new Promise(promised(attempt, reply, dot), reply.achieved().replicas(), nowUs, attempt.startedUs());
            ledger.promise(promise);
            ledger.owe(dot, promise);
        }
    }

    /** A change of expiry takes note of the one value that it changes, not of all that its client had seen. */
    private static Version promised(Attempt attempt, ClientReply.Written reply, Dot dot) {
        return attempt.request().operation() instanceof Operation.Expire ? Version.EMPTY.withDot(dot) : reply.context();
    }

    private static Issued find(KeyLedger ledger, Attempt attempt, ClientReply.Written reply) {
        Dot dot = attempt.request().operation() instanceof Operation.Put ? ledger.dotOf(attempt) : null;
        Issued written = dot != null ? ledger.find(dot) : ledger.findStamped(reply.contextHlc(), reply.context());
        if (written == null) {
            throw new Violation("I1: " + attempt + " was acknowledged but no node stored it");
        }
        if (!written.isAttributed()) {
            written.attribute(attempt);
        }
        return written;
    }

    private static void requireAchieved(Attempt attempt, Achieved achieved, int asked) {
        Violation.unless(achieved.replicas() >= asked, "I5: %s achieved only %s", attempt, achieved);
        Violation.unless(
                attempt.request().operation() instanceof Operation.Read
                        || achieved.zones() >= attempt.request().levels().zones(),
                "I5: %s achieved only %s",
                attempt,
                achieved);
    }

    /** An attempt was said to have left nothing behind. */
    public void onNotApplied(Attempt attempt) {
        ledger(attempt.key()).deny(attempt);
    }

    /** A condition did not hold; the client is shown why. */
    public void onConditionFailed(Attempt attempt, KvObject object) {
        ledger(attempt.key()).recognize(object);
        ledger(attempt.key()).deny(attempt);
    }

    /** A read was answered. */
    public void onShown(Attempt attempt, ClientReply.Value reply, long nowUs) {
        KeyLedger ledger = ledger(attempt.key());
        KvObject object = reply.object();
        ledger.recognize(object);
        Version context = attempt.request().context();
        Violation.unless(
                context == null || object.version().covers(context),
                "I6: %s was shown %s, which does not cover its context %s",
                attempt,
                object,
                context);
        int asked = attempt.request().levels().read();
        requireCovered(attempt, ledger, object.version(), asked);
        if (reply.achieved().repair() == Achieved.Repair.NONE_NEEDED) {
            requireAchieved(attempt, reply.achieved(), asked);
            Promise promise = new Promise(object.version(), reply.achieved().replicas(), nowUs, attempt.startedUs());
            ledger.promise(promise);
            for (Sibling sibling : object.siblings()) {
                ledger.owe(sibling.dot(), promise);
            }
        }
    }

    private void requireCovered(Attempt read, KeyLedger ledger, Version shown, int replicasRead) {
        for (Promise promise : ledger.promises()) {
            if (promise.madeUs() <= read.startedUs()
                    && promise.binds(replicasRead, factor)
                    && !shown.covers(promise.version())
                    && !isVoid(read.key(), promise)) {
                throw new Violation("I5: " + read + " was shown " + shown + ", which does not cover " + promise);
            }
        }
    }

    /**
     * The state of a key on which all replicas agree in the end.
     *
     * @param replicas how many there are by then; what the others alone were promised to hold may be gone with them
     */
    public void onEnd(Key key, KvObject object, int replicas) {
        KeyLedger ledger = ledger(key);
        ledger.recognize(object);
        Set<Dot> accounted = ledger.accountedFor(object);
        ledger.owed()
                .forEach((dot, promise) -> Violation.unless(
                        accounted.contains(dot) || !promise.binds(replicas, factor) || isVoid(key, promise),
                        "I1: %s of %s is gone and nobody entitled replaced it; left is %s",
                        ledger.find(dot),
                        key,
                        object));
    }

    /**
     * Whether too many nodes lost what they had not synced: of a write at durability {@code os}, W−1 may. With more
     * than one loss, those who merge others afterwards may merge from each other. Or a loss of it was accepted.
     */
    private boolean isVoid(Key key, Promise promise) {
        if (promise.sinceUs() < terms.excusedUntilUs(key)) {
            return true;
        }
        if (!unsyncedKeys.contains(key)) {
            return false;
        }
        int lost = terms.lostSince(promise.sinceUs());
        int left = promise.holders() - lost;
        return lost > 0 && (left < 1 || left < terms.write(key) - 1);
    }

    private KeyLedger ledger(Key key) {
        return ledgers.computeIfAbsent(key, unknown -> new KeyLedger());
    }
}
