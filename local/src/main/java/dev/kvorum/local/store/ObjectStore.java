package dev.kvorum.local.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** All objects and their latest changes. Safe for any thread; {@link #exclusively} makes several steps one. */
public final class ObjectStore {

    // Revisions of deletions are on no disk: a restart leaves room so that none is given twice.
    private static final long ROOM_AT_RESTART = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final ObjectFiles files;
    private final History history;
    private long revision;

    /** Opens what an earlier process left in the directory, or starts empty. */
    public ObjectStore(Path directory) throws IOException {
        files = new ObjectFiles(directory);
        objects.putAll(files.load());
        long highest = objects.values().stream()
                .mapToLong(ObjectStore::revisionOf)
                .max()
                .orElse(0);
        revision = highest == 0 ? 1 : highest + ROOM_AT_RESTART;
        history = new History(revision);
    }

    /** Runs something that reads and then writes, with no other writer in between. */
    public <T> T exclusively(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    public Optional<ObjectNode> find(ObjectKey key) {
        return exclusively(() -> Optional.ofNullable(objects.get(key)));
    }

    /** The objects of a resource in one namespace, or in all when it is "", by name. */
    public List<ObjectNode> list(String resource, String namespace) {
        return exclusively(() -> {
            List<ObjectNode> found = new ArrayList<>();
            var from = objects.tailMap(new ObjectKey(resource, namespace, ""), true);
            for (var entry : from.entrySet()) {
                ObjectKey key = entry.getKey();
                boolean within = namespace.isEmpty() || key.namespace().equals(namespace);
                if (!key.resource().equals(resource) || !within) {
                    break;
                }
                found.add(entry.getValue());
            }
            return found;
        });
    }

    public List<ObjectKey> keys() {
        return exclusively(() -> List.copyOf(objects.keySet()));
    }

    public long revision() {
        return exclusively(() -> revision);
    }

    /** Creates or replaces an object and stamps it with the new revision; answers what is stored. */
    public ObjectNode put(ObjectKey key, ObjectNode object) {
        return exclusively(() -> {
            ObjectNode stored = Json.normalised(object);
            Json.child(stored, "metadata").put("resourceVersion", Long.toString(revision + 1));
            files.write(key, stored);
            ObjectNode previous = objects.put(key, stored);
            Change.Kind kind = previous == null ? Change.Kind.ADDED : Change.Kind.MODIFIED;
            remember(new Change(++revision, kind, key, stored, previous));
            return stored;
        });
    }

    public void remove(ObjectKey key) {
        exclusively(() -> {
            ObjectNode previous = objects.remove(key);
            if (previous != null) {
                files.delete(key);
                ObjectNode last = previous.deepCopy();
                Json.child(last, "metadata").put("resourceVersion", Long.toString(revision + 1));
                remember(new Change(++revision, Change.Kind.DELETED, key, last, previous));
            }
            return true;
        });
    }

    /**
     * Waits until there are changes after a revision, and answers them; after the timeout, none.
     *
     * @throws ExpiredException when some of them are forgotten
     */
    public List<Change> changesAfter(long after, Duration timeout) throws ExpiredException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (revision <= after && left > 0) {
                left = changed.awaitNanos(left);
            }
            return after < revision ? history.after(after) : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for any change after a revision, at most so long. */
    public void awaitChange(long after, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (revision <= after && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void remember(Change change) {
        history.add(change);
        changed.signalAll();
    }

    private static long revisionOf(ObjectNode object) {
        return Long.parseLong(Json.text(object, "metadata", "resourceVersion"));
    }
}
