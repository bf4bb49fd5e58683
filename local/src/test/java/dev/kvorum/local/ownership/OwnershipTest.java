package dev.kvorum.local.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.ownership.Ownership.Applied;
import dev.kvorum.local.ownership.Ownership.Force;
import dev.kvorum.local.ownership.Writer.Operation;
import dev.kvorum.local.schema.BuiltinSchemas;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

final class OwnershipTest {

    private static final String BEFORE = "2026-01-01T00:00:00Z";
    private static final String LATER = "2026-01-02T00:00:00Z";

    private final BuiltinSchemas schemas = new BuiltinSchemas();
    private final Ownership ownership = new Ownership(schemas.of(Pod.class), schemas.objectMeta());

    private static Writer applier(String name) {
        return new Writer(name, Operation.APPLY, "v1", "");
    }

    private static Writer updater(String name) {
        return new Writer(name, Operation.UPDATE, "v1", "");
    }

    private static ObjectNode yaml(String text) {
        return Json.parseDocuments(text).getFirst();
    }

    private ObjectNode applied(Writer writer, ObjectNode live, String config, Force force) {
        Applied applied = ownership.apply(writer, live, yaml(config), force, LATER);
        return switch (applied) {
            case Applied.Merged(ObjectNode object) -> object;
            case Applied.Conflicts(var conflicts) -> throw new AssertionError(conflicts);
        };
    }

    private static final String TWO_CONTAINERS = """
            metadata: {labels: {app: a}}
            spec:
              containers:
              - {name: one, image: i:1, env: [{name: A, value: "1"}, {name: B, value: "2"}]}
              - {name: two, image: i:1}
            """;

    @Test
    void aSecondEqualApplyLeavesTheObjectAsItIsTimesIncluded() {
        ObjectNode live = Json.object();
        Applied first = ownership.apply(applier("op"), live, yaml(TWO_CONTAINERS), Force.NO, BEFORE);
        ObjectNode made = ((Applied.Merged) first).object();
        assertThat(applied(applier("op"), made, TWO_CONTAINERS, Force.NO)).isEqualTo(made);
    }

    @Test
    void itemsMergeByTheirKeyAndWhatIsNoLongerNamedGoes() {
        ObjectNode live = applied(applier("op"), Json.object(), TWO_CONTAINERS, Force.NO);
        ObjectNode next = applied(applier("op"), live, """
                metadata: {labels: {app: a}}
                spec:
                  containers:
                  - {name: one, image: i:2, env: [{name: B, value: "2"}]}
                """, Force.NO);
        assertThat(next.at("/spec/containers")).hasSize(1);
        assertThat(next.at("/spec/containers/0/image").asText()).isEqualTo("i:2");
        assertThat(next.at("/spec/containers/0/env").toString()).isEqualTo("[{\"name\":\"B\",\"value\":\"2\"}]");
    }

    @Test
    void aFieldThatAnotherManagerAlsoAppliedStaysWhenOneDropsIt() {
        ObjectNode live = applied(applier("op"), Json.object(), "metadata: {labels: {app: a, b: c}}", Force.NO);
        ObjectNode shared = applied(applier("other"), live, "metadata: {labels: {b: c}}", Force.NO);
        ObjectNode next = applied(applier("op"), shared, "metadata: {labels: {app: a}}", Force.NO);
        assertThat(next.at("/metadata/labels/b").asText()).isEqualTo("c");
    }

    @Test
    void aChangedFieldOfAnotherManagerIsAConflictThatNamesFieldAndManager() {
        ObjectNode live = applied(applier("op"), Json.object(), TWO_CONTAINERS, Force.NO);
        ObjectNode edited = live.deepCopy();
        ((ObjectNode) edited.at("/spec/containers/0")).put("image", "mine");
        ownership.noteUpdate(updater("kubectl-edit"), live, edited, LATER);
        Applied refused = ownership.apply(applier("op"), edited, yaml(TWO_CONTAINERS), Force.NO, LATER);
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Applied.Conflicts.class,
                        conflicts -> assertThat(conflicts.conflicts())
                                .containsExactly(
                                        new Conflict(".spec.containers[name=\"one\"].image", "kubectl-edit", "v1")));
    }

    @Test
    void aForcedApplyTakesTheFieldBack() {
        ObjectNode live = applied(applier("op"), Json.object(), TWO_CONTAINERS, Force.NO);
        ObjectNode edited = live.deepCopy();
        ((ObjectNode) edited.at("/spec/containers/0")).put("image", "mine");
        ownership.noteUpdate(updater("kubectl-edit"), live, edited, LATER);
        ObjectNode forced = applied(applier("op"), edited, TWO_CONTAINERS, Force.YES);
        assertThat(forced.at("/spec/containers/0/image").asText()).isEqualTo("i:1");
        assertThat(forced.at("/metadata/managedFields")).hasSize(1);
    }

    @Test
    void aFieldThatSomebodyElseAddedIsLeftAlone() {
        ObjectNode live = applied(applier("op"), Json.object(), TWO_CONTAINERS, Force.NO);
        ObjectNode edited = live.deepCopy();
        Json.child(edited, "metadata", "labels").put("extra", "x");
        ownership.noteUpdate(updater("kubectl-label"), live, edited, LATER);
        ObjectNode next = applied(applier("op"), edited, TWO_CONTAINERS, Force.YES);
        assertThat(next.at("/metadata/labels/extra").asText()).isEqualTo("x");
    }

    @Test
    void fieldSetsSurviveTheirJsonForm() {
        FieldSet set = FieldSet.of(schemas.of(Pod.class), yaml(TWO_CONTAINERS).without("metadata"));
        assertThat(FieldSet.parse(set.toJson())).isEqualTo(set);
        assertThat(set.toJson().at("/f:spec/f:containers").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("k:{\"name\":\"one\"}", "k:{\"name\":\"two\"}");
    }
}
