package dev.kvorum.crds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of an API server that judges the CEL rules of a schema: on creation, and against the old object on a change.
 */
final class CelRules {

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addVar("self", SimpleType.DYN)
            .addVar("oldSelf", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .addLibraries(CelExtensions.strings())
            .build();

    private final List<String> broken = new ArrayList<>();

    private CelRules() {}

    /** The messages of all broken rules, outermost first; {@code old} is null on creation. */
    static List<String> broken(JsonNode schema, JsonNode value, @Nullable JsonNode old) {
        var rules = new CelRules();
        rules.judge(schema, value, old);
        return rules.broken;
    }

    private void judge(JsonNode schema, JsonNode value, @Nullable JsonNode old) {
        schema.path("x-kubernetes-validations").forEach(rule -> judgeRule(rule, value, old));
        schema.path("properties").properties().forEach(property -> {
            if (value.has(property.getKey())) {
                judge(
                        property.getValue(),
                        value.get(property.getKey()),
                        old == null ? null : old.get(property.getKey()));
            }
        });
        if (schema.has("items")) {
            value.forEach(item -> judge(schema.get("items"), item, sameItem(old, item)));
        }
    }

    private static @Nullable JsonNode sameItem(@Nullable JsonNode oldList, JsonNode item) {
        if (oldList == null || !item.has("name")) {
            return null;
        }
        for (JsonNode old : oldList) {
            if (old.path("name").equals(item.path("name"))) {
                return old;
            }
        }
        return null;
    }

    private void judgeRule(JsonNode rule, JsonNode value, @Nullable JsonNode old) {
        String expression = rule.get("rule").asText();
        if (old == null && expression.contains("oldSelf")) {
            return;
        }
        Map<String, Object> variables =
                old == null ? Map.of("self", plain(value)) : Map.of("self", plain(value), "oldSelf", plain(old));
        if (!(boolean) evaluate(expression, variables)) {
            broken.add(
                    rule.has("messageExpression")
                            ? (String) evaluate(rule.get("messageExpression").asText(), variables)
                            : rule.get("message").asText());
        }
    }

    private static Object evaluate(String expression, Map<String, Object> variables) {
        try {
            return RUNTIME.createProgram(COMPILER.compile(expression).getAst()).eval(variables);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new AssertionError(expression + ": " + e.getMessage(), e);
        }
    }

    /** CEL knows only 64-bit integers. */
    private static Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.longValue();
            case STRING -> value.textValue();
            case BOOLEAN -> value.booleanValue();
            case ARRAY -> value.valueStream().map(CelRules::plain).toList();
            case OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                value.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
                yield map;
            }
            case NULL, MISSING, BINARY, POJO -> throw new AssertionError("no plain value: " + value);
        };
    }
}
