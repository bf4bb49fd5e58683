package dev.kvorum.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KVClusterRulesTest {

    private static final JsonNode SCHEMA = CrdYaml.committed().at("/spec/versions/0/schema/openAPIV3Schema");

    @ParameterizedTest
    @MethodSource("cases")
    void ruleSaysFieldValueAndRemedy(RefusalCase refusal) {
        assertThat(brokenBy(refusal)).containsExactlyInAnyOrderElementsOf(refusal.refused());
    }

    @Test
    void everyRuleHasACaseThatBreaksIt() {
        var rules = new TreeSet<String>();
        collectRules(SCHEMA, rules);
        int messages = (int) cases().flatMap(refusal -> refusal.refused().stream())
                .distinct()
                .count();
        assertThat(messages).isGreaterThanOrEqualTo(rules.size());
    }

    static Stream<RefusalCase> cases() {
        return RefusalCase.all().stream();
    }

    private static List<String> brokenBy(RefusalCase refusal) {
        ObjectNode before = (ObjectNode) Schema.withDefaults(SCHEMA, refusal.before());
        if (refusal.to() == null) {
            return CelRules.broken(SCHEMA, before, null);
        }
        ObjectNode after = (ObjectNode) Schema.withDefaults(SCHEMA, refusal.after());
        if (refusal.status() != null) {
            before.set("status", refusal.status());
            after.set("status", refusal.status());
        }
        return CelRules.broken(SCHEMA, after, before);
    }

    private static void collectRules(JsonNode schema, Set<String> rules) {
        schema.path("x-kubernetes-validations")
                .forEach(rule -> rules.add(rule.get("rule").asText()));
        schema.forEach(child -> collectRules(child, rules));
    }
}
