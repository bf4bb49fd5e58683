package dev.kvorum.sim.check;

import dev.kvorum.core.request.Operation;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that is known of one key: who asked what, which dots were given to which values, what clients rely on. */
final class KeyLedger {

    private final List<Promise> promises = new ArrayList<>();
    private final TreeMap<Dot, Promise> owed = new TreeMap<>();
    private final TreeMap<Long, Attempt> attempts = new TreeMap<>();
    private final TreeSet<Long> denied = new TreeSet<>();
    private final TreeMap<Dot, Issued> issued = new TreeMap<>();
    private final TreeMap<Long, Dot> dotsOfValues = new TreeMap<>();
    private int expiresAsked;
    private int expiresIssued;

    List<Promise> promises() {
        return promises;
    }

    void promise(Promise promise) {
        promises.add(promise);
    }

    /** Dots that must stay until somebody entitled replaces them, with the strongest promise that says so. */
    SortedMap<Dot, Promise> owed() {
        return owed;
    }

    void owe(Dot dot, Promise promise) {
        owed.merge(dot, promise, (former, next) -> next.holders() > former.holders() ? next : former);
    }

    void ask(Attempt attempt) {
        attempts.put(attempt.number(), attempt);
        if (attempt.request().operation() instanceof Operation.Expire) {
            expiresAsked++;
        }
    }

    /** The attempt was called not applied: it must not have left, nor leave, anything. */
    void deny(Attempt attempt) {
        Violation.unless(
                !dotsOfValues.containsKey(attempt.number()), "I14: %s is there but was called not applied", attempt);
        denied.add(attempt.number());
    }

    @Nullable
    Issued find(Dot dot) {
        return issued.get(dot);
    }

    /** The dot under which the value of this put stands; null when no coordinator took it. */
    @Nullable
    Dot dotOf(Attempt put) {
        return dotsOfValues.get(put.number());
    }

    /** The write without a value of its own that was stamped so and that this context covers. */
    @Nullable
    Issued findStamped(long hlc, Version context) {
        for (Issued candidate : issued.values()) {
            if (candidate.sibling.hlc() == hlc && context.covers(candidate.sibling.dot())) {
                return candidate;
            }
        }
        return null;
    }

    /** Registers the dots of an object that a node stores; returns those never seen before. */
    List<Issued> meet(KvObject object) {
        List<Issued> fresh = new ArrayList<>(1);
        for (Sibling sibling : object.siblings()) {
            Issued known = issued.get(sibling.dot());
            if (known == null) {
                Issued first = new Issued(sibling, object, attribution(sibling));
                issued.put(sibling.dot(), first);
                fresh.add(first);
            } else {
                requireSame(known, sibling);
            }
        }
        requireConcurrent(object);
        return fresh;
    }

    /** Checks an object that a client is shown. */
    void recognize(KvObject object) {
        for (Sibling sibling : object.siblings()) {
            Issued known = issued.get(sibling.dot());
            Violation.unless(known != null, "I3: %s is shown but nobody wrote it", sibling);
            if (known != null) {
                requireSame(known, sibling);
            }
        }
        requireConcurrent(object);
    }

    private static void requireSame(Issued known, Sibling sibling) {
        Violation.unless(
                known.sibling.equals(sibling), "I2: dot %s names %s and %s", sibling.dot(), known.sibling, sibling);
    }

    /** No two siblings of which one was to replace the other. */
    private void requireConcurrent(KvObject object) {
        if (object.siblingCount() < 2) {
            return;
        }
        for (Sibling one : object.siblings()) {
            Issued replacer = issued.get(one.dot());
            for (Sibling other : object.siblings()) {
                Violation.unless(
                        replacer == null || !replacer.kills(other.dot()),
                        "I4: %s stands beside %s, which it replaced",
                        replacer,
                        other.dot());
            }
        }
    }

    private @Nullable Attempt attribution(Sibling sibling) {
        if (sibling.kind() == Kind.TOMBSTONE) {
            return null;
        }
        long number = Values.numberOf(sibling.value());
        Attempt attempt = attempts.get(number);
        if (attempt == null) {
            throw new Violation("I3: " + sibling + " holds a value that no client wrote here");
        }
        Violation.unless(!denied.contains(number), "I14: %s surfaces but was called not applied", attempt);
        if (dotsOfValues.containsKey(number)) {
            expiresIssued++;
            Violation.unless(
                    expiresIssued <= expiresAsked,
                    "I14: %s was carried out twice, as %s and as %s",
                    attempt,
                    dotsOfValues.get(number),
                    sibling.dot());
            return null;
        }
        dotsOfValues.put(number, sibling.dot());
        return attempt;
    }

    /**
     * The dots that still stand in the object, those that were replaced by one of them, those that were replaced by one
     * of those, and so on.
     */
    Set<Dot> accountedFor(KvObject object) {
        TreeSet<Dot> accounted = new TreeSet<>();
        ArrayDeque<Dot> next = new ArrayDeque<>();
        for (Sibling sibling : object.siblings()) {
            accounted.add(sibling.dot());
            next.add(sibling.dot());
        }
        for (Dot dot = next.poll(); dot != null; dot = next.poll()) {
            Issued replacer = issued.get(dot);
            for (Dot other : issued.keySet()) {
                if (replacer != null && !accounted.contains(other) && replacer.kills(other)) {
                    accounted.add(other);
                    next.add(other);
                }
            }
        }
        return accounted;
    }
}
