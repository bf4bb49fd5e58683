package dev.kvorum.local.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.FieldError;
import dev.kvorum.local.schema.Schema;
import dev.kvorum.local.schema.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a schema, in its shape: those of this place, and those of the places below. Immutable, for any thread.
 * Old values are found by field name, and by key in lists of type map; elsewhere a list item has no predecessor.
 */
public final class Rules {

    private static final Rules NONE = new Rules(Schema.anything(), List.of());

    private final Schema schema;
    private final List<Rule> own;
    private final SortedMap<String, Rules> fields = new TreeMap<>();
    private @Nullable Rules items;
    private @Nullable Rules additional;

    private Rules(Schema schema, List<Rule> own) {
        this.schema = schema;
        this.own = own;
    }

    public static Rules none() {
        return NONE;
    }

    /**
     * Compiles every rule of a schema.
     *
     * @throws InvalidRuleException for the first that does not compile
     */
    public static Rules compile(Schema schema) {
        return compile(schema, "openAPIV3Schema");
    }

    private static Rules compile(Schema schema, String path) {
        List<Rule> own = Json.items(schema.node(), "x-kubernetes-validations").stream()
                .map(source -> Rule.compile(source, path + ".x-kubernetes-validations"))
                .toList();
        Rules rules = new Rules(schema, own);
        for (String name : schema.propertyNames()) {
            Rules field = compile(schema.fieldOrAnything(name), path + ".properties[" + name + "]");
            if (!field.isEmpty()) {
                rules.fields.put(name, field);
            }
        }
        Rules items = schema.node().has("items") ? compile(schema.items(), path + ".items") : NONE;
        rules.items = items.isEmpty() ? null : items;
        Schema values = schema.additional();
        Rules additional = values == null ? NONE : compile(values, path + ".additionalProperties");
        rules.additional = additional.isEmpty() ? null : additional;
        return rules;
    }

    /** Whether there is nothing to judge, at this place and below. */
    public boolean isEmpty() {
        return own.isEmpty() && fields.isEmpty() && items == null && additional == null;
    }

    /** The complaints of all rules about an object that is to replace another, or is new when that is null. */
    public List<FieldError> check(ObjectNode object, @Nullable ObjectNode old) {
        List<FieldError> errors = new ArrayList<>();
        if (!isEmpty()) {
            check(object, old, "", errors);
        }
        return errors;
    }

    private void check(JsonNode value, @Nullable JsonNode old, String path, List<FieldError> errors) {
        own.forEach(rule -> rule.check(schema, value, old, path).ifPresent(errors::add));
        if (value.isObject()) {
            value.properties().forEach(e -> {
                Rules field = fields.getOrDefault(e.getKey(), additional);
                if (field != null && !e.getValue().isNull()) {
                    String place = path.isEmpty() ? e.getKey() : path + "." + e.getKey();
                    field.check(e.getValue(), old == null ? null : old.get(e.getKey()), place, errors);
                }
            });
        } else if (value.isArray() && items != null) {
            for (int i = 0; i < value.size(); i++) {
                items.check(value.path(i), predecessor(value.path(i), old), path + "[" + i + "]", errors);
            }
        }
    }

    private @Nullable JsonNode predecessor(JsonNode item, @Nullable JsonNode old) {
        if (old == null || schema.listType() != Schema.ListType.MAP) {
            return null;
        }
        ObjectNode key = Validation.keyOf(schema, item);
        for (JsonNode candidate : old) {
            if (Validation.keyOf(schema, candidate).equals(key)) {
                return candidate;
            }
        }
        return null;
    }
}
