package dev.kvorum.local.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.BuiltinSchemas;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

final class StrategicMergeTest {

    private static final String POD = """
            {"metadata": {"finalizers": ["a", "b"]},
             "spec": {"nodeSelector": {"x": "1"},
                      "containers": [{"name": "one", "image": "i:1", "args": ["a"]}, {"name": "two", "image": "i:1"}]}}
            """;

    private final BuiltinSchemas schemas = new BuiltinSchemas();

    private ObjectNode patched(String patch) throws InvalidPatchException {
        return StrategicMerge.apply(
                schemas.of(Pod.class), schemas.objectMeta(), Json.parseObject(POD), Json.parseObject(patch));
    }

    @Test
    void itemsMergeByName() throws InvalidPatchException {
        ObjectNode pod = patched("{\"spec\": {\"containers\": [{\"name\": \"two\", \"image\": \"i:2\"}]}}");
        assertThat(pod.at("/spec/containers/0/image").asText()).isEqualTo("i:1");
        assertThat(pod.at("/spec/containers/1/image").asText()).isEqualTo("i:2");
    }

    @Test
    void anItemIsDeletedByDirective() throws InvalidPatchException {
        ObjectNode pod = patched("{\"spec\": {\"containers\": [{\"name\": \"one\", \"$patch\": \"delete\"}]}}");
        assertThat(pod.at("/spec/containers")).hasSize(1);
        assertThat(pod.at("/spec/containers/0/name").asText()).isEqualTo("two");
    }

    @Test
    void aListIsReplacedByDirective() throws InvalidPatchException {
        ObjectNode pod = patched("{\"spec\": {\"containers\": [{\"$patch\": \"replace\"}, {\"name\": \"new\"}]}}");
        assertThat(pod.at("/spec/containers").toString()).isEqualTo("[{\"name\":\"new\"}]");
    }

    @Test
    void plainListsAreReplacedAndSetsGrowAndShrink() throws InvalidPatchException {
        assertThat(patched("{\"spec\": {\"containers\": [{\"name\": \"one\", \"args\": [\"b\"]}]}}")
                        .at("/spec/containers/0/args")
                        .toString())
                .isEqualTo("[\"b\"]");
        assertThat(patched("{\"metadata\": {\"finalizers\": [\"c\", \"a\"]}}")
                        .at("/metadata/finalizers")
                        .toString())
                .isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(patched("{\"metadata\": {\"$deleteFromPrimitiveList/finalizers\": [\"a\"]}}")
                        .at("/metadata/finalizers")
                        .toString())
                .isEqualTo("[\"b\"]");
    }

    @Test
    void theOrderThatIsAskedForIsKept() throws InvalidPatchException {
        ObjectNode pod =
                patched("{\"spec\": {\"$setElementOrder/containers\": [{\"name\": \"two\"}, {\"name\": \"one\"}]}}");
        assertThat(pod.at("/spec/containers/0/name").asText()).isEqualTo("two");
    }

    @Test
    void anItemWithoutItsKeyIsRefused() {
        assertThatThrownBy(() -> patched("{\"spec\": {\"containers\": [{\"image\": \"i\"}]}}"))
                .isInstanceOf(InvalidPatchException.class)
                .hasMessageContaining("\"name\"");
    }
}
