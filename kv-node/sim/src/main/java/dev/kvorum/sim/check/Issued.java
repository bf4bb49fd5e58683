package dev.kvorum.sim.check;

import dev.kvorum.core.request.Operation;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A dot as its coordinator gave it: to which value, and what it was to replace. */
final class Issued {

    final Sibling sibling;
    private final Version claim;
    private final TreeSet<Dot> survivors = new TreeSet<>();
    private @Nullable Attempt attempt;

    /**
     * @param object what the coordinator stored when it issued the dot
     * @param attempt whose write this is; null as long as that is not known, as with deletions before their answer
     */
    Issued(Sibling sibling, KvObject object, @Nullable Attempt attempt) {
        this.sibling = sibling;
        this.claim = object.version();
        this.attempt = attempt;
        for (Sibling other : object.siblings()) {
            if (!other.dot().equals(sibling.dot())) {
                survivors.add(other.dot());
            }
        }
    }

    Set<Dot> survivors() {
        return survivors;
    }

    Version claim() {
        return claim;
    }

    /** Whether this is known for a write that replaces all that its home has seen. */
    boolean replacesAll() {
        return attempt != null && attempt.request().context() == null;
    }

    boolean isAttributed() {
        return attempt != null;
    }

    void attribute(Attempt found) {
        attempt = found;
    }

    /** Whether the write was entitled to replace that dot: by what its client had seen, or its home had. */
    boolean kills(Dot dot) {
        if (dot.equals(sibling.dot())) {
            return false;
        }
        Attempt known = attempt;
        if (known == null || known.request().operation() instanceof Operation.Expire) {
            return claim.covers(dot) && !survivors.contains(dot);
        }
        Version context = known.request().context();
        return context == null ? claim.covers(dot) : context.covers(dot);
    }

    @Override
    public String toString() {
        return sibling.dot() + " of " + (attempt == null ? sibling.kind() : attempt);
    }
}
