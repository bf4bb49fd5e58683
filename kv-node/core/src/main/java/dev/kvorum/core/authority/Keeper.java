package dev.kvorum.core.authority;

import dev.kvorum.core.authority.StateForm.Snapshot;
import dev.kvorum.core.step.Invariants;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The newest state and the durable one: one store under way at a time, which takes along all that came meanwhile. */
final class Keeper {

    private final AuthorityConfig config;
    private Snapshot newest;
    private Snapshot durable;
    private StoredState stored;
    private long opId;
    private @Nullable StoreBatch underWay;
    private Snapshot leadsTo;

    Keeper(StoredState stored, AuthorityConfig config) {
        this.config = config;
        this.stored = stored;
        this.durable = stored.read();
        this.newest = durable;
        this.leadsTo = durable;
    }

    /** What is applied, durable or not. */
    Snapshot newest() {
        return newest;
    }

    /** What a restart finds. */
    Snapshot durable() {
        return durable;
    }

    void become(Snapshot next, Consumer<? super AuthorityEffect> out) {
        newest = next;
        storeNext(out);
    }

    /** Whether the answer belongs to the store that was under way; then a later state is durable. */
    boolean onStored(long answered, Consumer<? super AuthorityEffect> out) {
        StoreBatch done = underWay;
        if (done == null || answered != opId) {
            return false;
        }
        stored = stored.with(done);
        durable = leadsTo;
        underWay = null;
        storeNext(out);
        return true;
    }

    private void storeNext(Consumer<? super AuthorityEffect> out) {
        if (underWay != null || newest.index() == durable.index()) {
            return;
        }
        Invariants.check(
                newest.index() >= durable.index(),
                "the applied index went back from %s to %s",
                durable.index(),
                newest.index());
        underWay = StateForm.batch(stored.sections(), newest);
        if (config.has(AuthorityFlaw.INDEX_AHEAD_OF_STATE) && stored.index() < newest.index()) {
            underWay = new StoreBatch(newest.index(), newest.term(), new TreeMap<>());
        } else {
            leadsTo = newest;
        }
        out.accept(new AuthorityEffect.Store(++opId, underWay));
    }
}
