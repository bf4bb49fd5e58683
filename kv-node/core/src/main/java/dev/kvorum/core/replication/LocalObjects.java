package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.version.KvObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The objects of this machine's shards as they are now: the pending map (submitted, not yet durable) before the store.
 *
 * <p>Per key one modification at a time; later ones wait for their turn. What looks at a pending object waits until it
 * is durable, so that nothing is shown that a crash could take back.
 */
final class LocalObjects {

    /** What waits for its turn at a key. */
    sealed interface Turn permits Modification, Reach {
        Key key();
    }

    /** One read-modify-write of a key, in its turn. */
    sealed interface Modification extends Turn permits WriteOperation, Merge {}

    /** Nothing is done to the key; all that waited for it earlier has had its turn. */
    record Reach(Key key, Settling.Milestone milestone) implements Turn {}

    /** Merge an object that came from elsewhere, then go on as said. */
    record Merge(Key key, KvObject incoming, Durability durability, long deadlineMs, AfterStore after)
            implements Modification {}

    /** A look at a key that changes nothing. */
    sealed interface Look {
        Key key();

        record ForGather(long gatherId, Key key) implements Look {}

        record ForPeer(NodeId from, long id, Key key, Detail detail, long deadlineMs) implements Look {}

        /** The state by which a condition failed, once it may be shown. */
        record ForCondition(long operationId, Key key) implements Look {}
    }

    /** How to go on once a store is durable. */
    sealed interface AfterStore {
        /** The coordinator's own replica holds the write. */
        record CountSelf(long operationId) implements AfterStore {}

        /** The replica acknowledges to the coordinator. */
        record AckTo(NodeId node, long id, int shard, long epoch) implements AfterStore {}

        /** A reader's own replica holds the merged state. */
        record CountRepair(long operationId) implements AfterStore {}

        /** One object of a page was merged. */
        record CountPage(long pullId) implements AfterStore {}
    }

    /** Where finished look-ups and stores go. */
    interface Listener {
        void onTurn(Modification modification, KvObject object);

        void onTurnFailed(Modification modification);

        void onSeen(Look look, KvObject object);

        void onLookFailed(Look look);

        void onDurable(AfterStore after);

        void onNotDurable(AfterStore after);
    }

    private static final class Submitted {
        final Key key;
        final KvObject object;
        final List<AfterStore> afters = new ArrayList<>(1);

        @Nullable
        List<Look> looks;

        Submitted(Key key, KvObject object) {
            this.key = key;
            this.object = object;
        }
    }

    private final Surroundings here;
    private final Listener listener;
    private final LongMap<Submitted> submitted = new LongMap<>();
    private final Map<Key, Submitted> pending = new HashMap<>();
    private final Map<Key, ArrayDeque<Turn>> turns = new LinkedHashMap<>();
    private final ArrayDeque<Turn> ready = new ArrayDeque<>();
    private final LongMap<Modification> loadingTurns = new LongMap<>();
    private final LongMap<Look> loadingLooks = new LongMap<>();
    private long newestUnsynced;

    LocalObjects(Surroundings here, Listener listener) {
        this.here = here;
        this.listener = listener;
    }

    int pendingStores() {
        return submitted.size();
    }

    /** Takes the key's turn, or queues for it. */
    void modify(Modification modification) {
        ArrayDeque<Turn> queue = turns.get(modification.key());
        if (queue == null) {
            turns.put(modification.key(), new ArrayDeque<>(0));
            ready.add(modification);
        } else {
            queue.add(modification);
        }
    }

    /** Ends the turn of the modification in progress on this key. */
    void finish(Key key) {
        ArrayDeque<Turn> queue = Objects.requireNonNull(turns.get(key));
        Turn next = queue.poll();
        if (next == null) {
            turns.remove(key);
        } else {
            ready.add(next);
        }
    }

    /** Starts every modification whose turn has come; called at the end of each step, so that queues need no stack. */
    void runReady() {
        for (Turn next = ready.poll(); next != null; next = ready.poll()) {
            switch (next) {
                case Modification modification -> begin(modification);
                case Reach(Key key, Settling.Milestone milestone) -> {
                    milestone.reach();
                    finish(key);
                }
            }
        }
    }

    private void begin(Modification modification) {
        Submitted newest = newest(modification.key());
        if (newest != null) {
            listener.onTurn(modification, newest.object);
        } else {
            long loadId = here.nextId();
            loadingTurns.put(loadId, modification);
            here.emit(new ReplicationEffect.Load(loadId, modification.key()));
        }
    }

    // ---- what began under former rows

    /** Sets a milestone behind all that waits for, or has, its turn at a key of these shards. */
    void mark(Settling.Round round) {
        turns.forEach((key, queue) -> {
            if (round.concerns(here.shardOf(key))) {
                queue.add(new Reach(key, round.milestone()));
            }
        });
    }

    boolean hasLooks(Settling.Round round, long lastId) {
        return loadingLooks.anyUpTo(lastId, look -> round.concerns(here.shardOf(look.key())));
    }

    boolean hasStores(Settling.Round round, long lastId) {
        return submitted.anyUpTo(lastId, store -> round.concerns(here.shardOf(store.key)));
    }

    void look(Look look) {
        Submitted newest = newest(look.key());
        if (newest == null) {
            long loadId = here.nextId();
            loadingLooks.put(loadId, look);
            here.emit(new ReplicationEffect.Load(loadId, look.key()));
        } else if (here.config.has(ReplicationFlaw.SHOW_BEFORE_STORED)) {
            listener.onSeen(look, newest.object);
        } else {
            if (newest.looks == null) {
                newest.looks = new ArrayList<>(2);
            }
            newest.looks.add(look);
        }
    }

    void store(Key key, KvObject object, Durability durability, AfterStore after) {
        long storeId = here.nextId();
        Submitted entry = new Submitted(key, object);
        entry.afters.add(after);
        submitted.put(storeId, entry);
        pending.put(key, entry);
        if (durability == Durability.OS) {
            newestUnsynced = storeId;
        }
        here.emit(new ReplicationEffect.Store(storeId, key, object, durability));
    }

    /** Goes on once everything that this key holds now is as durable as asked, writing again only where needed. */
    void whenDurable(Key key, KvObject object, Durability durability, AfterStore after) {
        if (durability == Durability.FSYNC && newestUnsynced != 0) {
            store(key, object, durability, after);
            return;
        }
        Submitted newest = newest(key);
        if (newest == null) {
            listener.onDurable(after);
        } else {
            newest.afters.add(after);
        }
    }

    void onStored(long storeId) {
        Submitted entry = submitted.remove(storeId);
        if (entry == null) {
            return;
        }
        if (storeId > newestUnsynced) {
            newestUnsynced = 0;
        }
        pending.remove(entry.key, entry);
        entry.afters.forEach(listener::onDurable);
        if (entry.looks != null) {
            entry.looks.forEach(look -> listener.onSeen(look, entry.object));
        }
    }

    void onStoreFailed(long storeId) {
        Submitted entry = submitted.remove(storeId);
        if (entry == null) {
            return;
        }
        if (pending.remove(entry.key, entry)) {
            uncover(entry.key);
        }
        // Whatever the store still shows of this may be gone after a crash, until a later store is durable.
        newestUnsynced = here.nextId();
        if (!here.config.has(ReplicationFlaw.ACTOR_OUTLIVES_FAILED_STORE)) {
            here.renewActor();
        }
        entry.afters.forEach(listener::onNotDurable);
        if (entry.looks != null) {
            entry.looks.forEach(this::look);
        }
    }

    /** An older store of this key may be in flight still; the next modification must build on it. */
    private void uncover(Key key) {
        for (Submitted older : submitted.inOrder()) {
            if (older.key.equals(key)) {
                pending.put(key, older);
            }
        }
    }

    void onLoaded(long loadId, KvObject object) {
        Look look = loadingLooks.remove(loadId);
        if (look != null) {
            showLoaded(look, object);
            return;
        }
        Modification modification = loadingTurns.remove(loadId);
        if (modification != null) {
            listener.onTurn(modification, object);
        }
    }

    /** A store that was submitted while the look-up was under way may have shown it what is not durable yet. */
    private void showLoaded(Look look, KvObject object) {
        if (newest(look.key()) == null) {
            listener.onSeen(look, object);
        } else {
            look(look);
        }
    }

    void onLoadFailed(long loadId) {
        if (here.config.has(ReplicationFlaw.FAILED_READ_IS_ABSENT)) {
            onLoaded(loadId, KvObject.ABSENT);
            return;
        }
        Look look = loadingLooks.remove(loadId);
        if (look != null) {
            listener.onLookFailed(look);
            return;
        }
        Modification modification = loadingTurns.remove(loadId);
        if (modification != null) {
            listener.onTurnFailed(modification);
        }
    }

    private @Nullable Submitted newest(Key key) {
        return here.config.has(ReplicationFlaw.SKIP_PENDING_MAP) ? null : pending.get(key);
    }
}
