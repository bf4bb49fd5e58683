package dev.kvorum.local.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.FieldError;
import dev.kvorum.local.schema.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RulesTest {

    private static final String SCHEMA = """
            type: object
            properties:
              spec:
                type: object
                properties:
                  replicas: {type: integer}
                  size: {type: string}
                  namespace: {type: string}
                  limit: {x-kubernetes-int-or-string: true}
                  zones:
                    type: array
                    x-kubernetes-list-type: map
                    x-kubernetes-list-map-keys: [name]
                    items:
                      type: object
                      properties: {name: {type: string}, weight: {type: integer}}
                      ITEM
                RULES
            """;

    private static List<String> complaints(String rules, String object, @Nullable String old) {
        boolean ofItems = rules.startsWith("item ");
        String yaml = SCHEMA.replace("RULES", ofItems ? "" : rules).replace("ITEM", ofItems ? rules.substring(5) : "");
        Schema schema = new Schema(Json.parseDocuments(yaml).getFirst(), Map.of());
        return Rules.compile(schema)
                .check(Json.parseObject(object), old == null ? null : Json.parseObject(old))
                .stream()
                .map(FieldError::toString)
                .toList();
    }

    private static String rule(String rule, String... more) {
        return "x-kubernetes-validations: [{rule: \"" + rule + "\"" + String.join("", more) + "}]";
    }

    @Test
    void aBrokenRuleSaysItsMessageAtItsPlace() {
        assertThat(complaints(
                        rule("self.replicas >= 3", ", message: too few, fieldPath: .replicas"),
                        "{\"spec\": {\"replicas\": 1}}",
                        null))
                .containsExactly("spec.replicas: Invalid value: \"object\": too few");
        assertThat(complaints(rule("self.replicas >= 3"), "{\"spec\": {\"replicas\": 3}}", null))
                .isEmpty();
        assertThat(complaints(rule("self.replicas >= 3"), "{\"spec\": {\"replicas\": 1}}", null))
                .containsExactly("spec: Invalid value: \"object\": failed rule: self.replicas >= 3");
    }

    @Test
    void aMessageExpressionComputesTheMessage() {
        assertThat(complaints(
                        rule("self.replicas >= 3", ", messageExpression: \"'has ' + string(self.replicas)\""),
                        "{\"spec\": {\"replicas\": 1}}",
                        null))
                .containsExactly("spec: Invalid value: \"object\": has 1");
    }

    @Test
    void aRuleOverTheOldValueAppliesToUpdatesOnly() {
        String fixed = rule("self.size == oldSelf.size", ", message: fixed");
        assertThat(complaints(fixed, "{\"spec\": {\"size\": \"a\"}}", null)).isEmpty();
        assertThat(complaints(fixed, "{\"spec\": {\"size\": \"b\"}}", "{\"spec\": {\"size\": \"a\"}}"))
                .containsExactly("spec: Invalid value: \"object\": fixed");
    }

    @Test
    void anOptionalOldValueAppliesAlways() {
        String first =
                rule("oldSelf.hasValue() || self.replicas == 3", ", optionalOldSelf: true, message: starts with three");
        assertThat(complaints(first, "{\"spec\": {\"replicas\": 5}}", null)).hasSize(1);
        assertThat(complaints(first, "{\"spec\": {\"replicas\": 5}}", "{\"spec\": {\"replicas\": 3}}"))
                .isEmpty();
    }

    @Test
    void macrosOptionalFieldsAndReservedNamesWork() {
        String object =
                "{\"spec\": {\"namespace\": \"n\", \"limit\": 4, \"zones\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}}";
        for (String holds : List.of(
                "self.zones.all(z, self.zones.exists_one(o, o.name == z.name))",
                "!has(self.replicas) && size(self.zones) == 2",
                "self.?replicas.orValue(7) == 7",
                "self.__namespace__ == 'n'",
                "self.zones.map(z, z.name).join(',') == 'a,b'",
                "self.zones[0].name.matches('^[a-z]$')",
                "type(self.limit) == int && int(self.limit) == 4")) {
            assertThat(complaints(rule(holds), object, null)).as(holds).isEmpty();
        }
    }

    @Test
    void quantitiesCompareByAmount() {
        String grows = rule("quantity(self.size).compareTo(quantity(oldSelf.size)) >= 0", ", message: shrinks");
        assertThat(complaints(grows, "{\"spec\": {\"size\": \"1Gi\"}}", "{\"spec\": {\"size\": \"1024Mi\"}}"))
                .isEmpty();
        assertThat(complaints(grows, "{\"spec\": {\"size\": \"1G\"}}", "{\"spec\": {\"size\": \"1Gi\"}}"))
                .hasSize(1);
        assertThat(complaints(rule("isQuantity(self.size)"), "{\"spec\": {\"size\": \"lots\"}}", null))
                .hasSize(1);
    }

    @Test
    void anItemOfAMapListIsComparedWithTheItemOfTheSameKey() {
        String rules = "item " + rule("self.weight >= oldSelf.weight", ", message: lighter");
        String before = "{\"spec\": {\"zones\": [{\"name\": \"a\", \"weight\": 1}, {\"name\": \"b\", \"weight\": 5}]}}";
        String after = "{\"spec\": {\"zones\": [{\"name\": \"b\", \"weight\": 4}, {\"name\": \"a\", \"weight\": 2}]}}";
        assertThat(complaints(rules, after, before))
                .containsExactly("spec.zones[0]: Invalid value: \"object\": lighter");
    }

    @Test
    void aRuleThatFailsToEvaluateIsAComplaintToo() {
        assertThat(complaints(rule("self.size.size() > 2"), "{\"spec\": {\"replicas\": 1}}", null))
                .singleElement()
                .asString()
                .contains("evaluating rule");
    }

    @Test
    void aRuleThatDoesNotCompileNamesItsPlace() {
        assertThatThrownBy(() -> complaints(rule("self.replicas >"), "{}", null))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageContaining("openAPIV3Schema.properties[spec].x-kubernetes-validations");
    }
}
