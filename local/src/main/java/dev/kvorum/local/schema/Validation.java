package dev.kvorum.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.FieldError.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a value against a schema and collects every complaint, worded as the API server words them. */
public final class Validation {

    private final List<FieldError> errors = new ArrayList<>();

    private Validation() {}

    /** Every complaint about an object; metadata is not looked at. */
    public static List<FieldError> check(Schema schema, ObjectNode object) {
        Validation validation = new Validation();
        validation.object(schema, object, "");
        return List.copyOf(validation.errors);
    }

    private void value(Schema schema, JsonNode value, String path) {
        if (value.isNull() && schema.isNullable()) {
            return;
        }
        if (!hasType(schema, value)) {
            ofAnotherType(schema, value, path);
            return;
        }
        oneOf(schema, value, path);
        combined(schema, value, path);
        if (value instanceof ObjectNode object) {
            object(schema, object, path);
        } else if (value.isArray()) {
            list(schema, value, path);
        } else if (value.isTextual()) {
            text(schema, value, path);
        } else if (value.isNumber()) {
            number(schema, value, path);
        }
    }

    private void ofAnotherType(Schema schema, JsonNode value, String path) {
        String must = schema.isIntOrString() ? "integer,string" : schema.type();
        String is = "\"" + typeOf(value) + "\"";
        errors.add(new FieldError(
                path, Reason.TYPE_INVALID, is + ": " + path + " in body must be of type " + must + ": " + is));
        oneOf(schema, value, path);
        if (value.isNumber()) {
            number(schema, value, path);
        }
    }

    private void object(Schema schema, ObjectNode object, String path) {
        for (JsonNode name : schema.node().path("required")) {
            if (!object.hasNonNull(name.asText())) {
                errors.add(FieldError.required(join(path, name.asText()), ""));
            }
        }
        atMost(schema, "maxProperties", object.size(), path);
        atLeast(schema, "minProperties", object.size(), path, object, "should have at least %d properties");
        object.properties().forEach(e -> {
            Schema field = schema.field(e.getKey());
            boolean ofEveryObject = path.isEmpty() && e.getKey().equals("metadata");
            if (field != null && !ofEveryObject) {
                value(field, e.getValue(), join(path, e.getKey()));
            }
        });
    }

    private void list(Schema schema, JsonNode list, String path) {
        atMost(schema, "maxItems", list.size(), path);
        atLeast(schema, "minItems", list.size(), path, IntNode.valueOf(list.size()), "should have at least %d items");
        boolean unique = schema.node().path("uniqueItems").asBoolean();
        Set<JsonNode> seen = new HashSet<>();
        Set<JsonNode> twice = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.path(i);
            String place = path + "[" + i + "]";
            JsonNode identity = schema.listType() == Schema.ListType.MAP ? keyOf(schema, item) : item;
            boolean distinct = switch (schema.listType()) {
                case ATOMIC -> unique;
                case SET -> true;
                case MAP -> unique || item.isObject();
            };
            if (distinct && !seen.add(identity) && twice.add(identity)) {
                errors.add(new FieldError(place, Reason.DUPLICATE, identity.toString()));
            }
            value(schema.items(), item, place);
        }
    }

    private void text(Schema schema, JsonNode value, String path) {
        String text = value.asText();
        int length = text.codePointCount(0, text.length());
        JsonNode max = schema.node().path("maxLength");
        if (max.isNumber() && length > max.asInt()) {
            errors.add(new FieldError(path, Reason.TOO_LONG, "may not be more than " + max.asInt() + " bytes"));
        }
        atLeast(schema, "minLength", length, path, value, "should be at least %d chars long");
        String pattern = Json.text(schema.node(), "pattern");
        if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
            errors.add(FieldError.invalid(path, value, path + " in body should match '" + pattern + "'"));
        }
    }

    private void number(Schema schema, JsonNode value, String path) {
        BigDecimal number = value.decimalValue();
        JsonNode minimum = schema.node().path("minimum");
        JsonNode maximum = schema.node().path("maximum");
        if (minimum.isNumber() && number.compareTo(minimum.decimalValue()) < 0) {
            errors.add(FieldError.invalid(
                    path, value, path + " in body should be greater than or equal to " + minimum.asText()));
        }
        if (maximum.isNumber() && number.compareTo(maximum.decimalValue()) > 0) {
            errors.add(FieldError.invalid(
                    path, value, path + " in body should be less than or equal to " + maximum.asText()));
        }
        if (Json.text(schema.node(), "format").equals("int32") && !value.canConvertToInt()) {
            errors.add(FieldError.invalid(path, value, path + " in body must be of type int32: \"int64\""));
        }
    }

    private void oneOf(Schema schema, JsonNode value, String path) {
        List<JsonNode> allowed = Json.items(schema.node(), "enum");
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            List<String> shown = allowed.stream().map(JsonNode::toString).toList();
            errors.add(new FieldError(
                    path, Reason.NOT_SUPPORTED, value + ": supported values: " + String.join(", ", shown)));
        }
    }

    private void combined(Schema schema, JsonNode value, String path) {
        for (JsonNode part : schema.node().path("allOf")) {
            value(Schema.of(part, schema.definitions()), value, path);
        }
        List<JsonNode> any = Json.items(schema.node(), "anyOf");
        if (!any.isEmpty() && any.stream().noneMatch(part -> accepts(schema, part, value, path))) {
            errors.add(FieldError.invalid(path, value, path + " in body must validate at least one schema (anyOf)"));
        }
        List<JsonNode> one = Json.items(schema.node(), "oneOf");
        if (!one.isEmpty()
                && one.stream()
                                .filter(part -> accepts(schema, part, value, path))
                                .count()
                        != 1) {
            errors.add(
                    FieldError.invalid(path, value, path + " in body must validate one and only one schema (oneOf)"));
        }
        JsonNode not = schema.node().path("not");
        if (not.isObject() && accepts(schema, not, value, path)) {
            errors.add(FieldError.invalid(path, value, path + " in body must not validate the schema (not)"));
        }
    }

    private static boolean accepts(Schema schema, JsonNode part, JsonNode value, String path) {
        Validation trial = new Validation();
        trial.value(Schema.of(part, schema.definitions()), value, path);
        return trial.errors.isEmpty();
    }

    /** The API server calls the entries of a map items too. */
    private void atMost(Schema schema, String limit, int size, String path) {
        JsonNode max = schema.node().path(limit);
        if (max.isNumber() && size > max.asInt()) {
            errors.add(new FieldError(path, Reason.TOO_MANY, size + ": must have at most " + max.asInt() + " items"));
        }
    }

    private void atLeast(Schema schema, String limit, int size, String path, JsonNode value, String words) {
        JsonNode min = schema.node().path(limit);
        if (min.isNumber() && size < min.asInt()) {
            errors.add(FieldError.invalid(path, value, path + " in body " + words.replace("%d", min.asText())));
        }
    }

    private static boolean hasType(Schema schema, JsonNode value) {
        if (schema.isIntOrString()) {
            return value.isTextual() || value.isIntegralNumber();
        }
        return switch (schema.type()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case NULL, MISSING -> "null";
        };
    }

    /** The keys of an item of a map list, defaults included, as one object. */
    public static ObjectNode keyOf(Schema list, JsonNode item) {
        ObjectNode key = Json.object();
        for (String name : list.mapKeys()) {
            JsonNode value = item.path(name);
            if (value.isMissingNode()) {
                value = list.items().node().path("properties").path(name).path("default");
            }
            if (!value.isMissingNode()) {
                key.set(name, value);
            }
        }
        return key;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
