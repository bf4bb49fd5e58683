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
}
