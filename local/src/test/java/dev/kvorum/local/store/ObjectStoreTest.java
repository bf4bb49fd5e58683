package dev.kvorum.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectStoreTest {

    @TempDir
    Path directory = Path.of("");

    private static ObjectKey key(String name) {
        return new ObjectKey("configmaps", "default", name);
    }

    private static ObjectNode object(String name) {
        ObjectNode object = Json.object();
        Json.child(object, "metadata").put("name", name);
        return object;
    }

    @Test
    void objectsComeBackAndRevisionsGoOn() throws IOException {
        ObjectStore before = new ObjectStore(directory);
        before.put(key("a"), object("a"));
        ObjectNode kept = before.put(new ObjectKey("roles.rbac", "", "system:x"), object("system:x"));
        before.remove(key("a"));
        ObjectStore after = new ObjectStore(directory);
        assertThat(after.keys()).containsExactly(new ObjectKey("roles.rbac", "", "system:x"));
        assertThat(after.list("roles.rbac", "")).containsExactly(kept);
        assertThat(after.revision()).isGreaterThan(before.revision());
    }

    @Test
    void listsAreByResourceAndNamespace() throws IOException {
        ObjectStore store = new ObjectStore(directory);
        store.put(key("b"), object("b"));
        store.put(key("a"), object("a"));
        store.put(new ObjectKey("configmaps", "other", "c"), object("c"));
        store.put(new ObjectKey("configmapsx", "default", "d"), object("d"));
        assertThat(store.list("configmaps", "default"))
                .extracting(o -> Json.text(o, "metadata", "name"))
                .containsExactly("a", "b");
        assertThat(store.list("configmaps", "")).hasSize(3);
    }

    @Test
    void changesFollowARevisionUntilTheyAreForgotten() throws Exception {
        ObjectStore store = new ObjectStore(directory);
        long start = store.revision();
        store.put(key("a"), object("a"));
        store.put(key("a"), object("a").put("x", 1));
        store.remove(key("a"));
        List<Change> changes = store.changesAfter(start, Duration.ZERO);
        assertThat(changes)
                .extracting(Change::kind)
                .containsExactly(Change.Kind.ADDED, Change.Kind.MODIFIED, Change.Kind.DELETED);
        assertThat(store.changesAfter(store.revision(), Duration.ofMillis(1))).isEmpty();
        assertThatThrownBy(() -> store.changesAfter(start - 1, Duration.ZERO)).isInstanceOf(ExpiredException.class);
    }

    @Test
    void smallChangesAreRememberedByNumberAndLargeOnesBySize() throws Exception {
        History history = new History(0);
        ObjectNode large = object("large");
        for (int i = 0; i < History.MOST_VALUES / 10; i++) {
            large.put("key-" + i, i);
        }
        for (int revision = 1; revision <= History.MOST_CHANGES + 1; revision++) {
            history.add(change(revision, object("small")));
        }
        assertThat(history.after(1)).hasSize(History.MOST_CHANGES);
        assertThatThrownBy(() -> history.after(0)).isInstanceOf(ExpiredException.class);
        for (int more = 1; more <= 12; more++) {
            history.add(change(History.MOST_CHANGES + 1 + more, large));
        }
        long last = History.MOST_CHANGES + 13;
        assertThat(history.after(last - 9)).extracting(Change::revision).first().isEqualTo(last - 8);
        assertThat(history.after(last - 9)).hasSize(9);
        assertThatThrownBy(() -> history.after(last - 10)).isInstanceOf(ExpiredException.class);
    }

    private static Change change(long revision, ObjectNode object) {
        return new Change(revision, Change.Kind.MODIFIED, key("a"), object, null);
    }
}
