package dev.kvorum.local.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import dev.kvorum.local.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns JSON into the values that CEL computes with: a schema's integers become int, its numbers double. */
final class CelValues {

    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private CelValues() {}

    static Object of(Schema schema, JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> map(schema, value);
            case ARRAY -> list(schema, value);
            case STRING, BINARY -> value.asText();
            case BOOLEAN -> value.asBoolean();
            case NUMBER -> number(schema, value);
            case NULL, MISSING -> NullValue.NULL_VALUE;
        };
    }

    private static Map<String, Object> map(Schema schema, JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        Set<String> typed = schema.propertyNames();
        object.properties().forEach(e -> {
            String name = typed.contains(e.getKey()) ? escaped(e.getKey()) : e.getKey();
            map.put(name, of(schema.fieldOrAnything(e.getKey()), e.getValue()));
        });
        return map;
    }

    private static List<Object> list(Schema schema, JsonNode array) {
        List<Object> list = new ArrayList<>();
        array.forEach(item -> list.add(of(schema.items(), item)));
        return list;
    }

    private static Object number(Schema schema, JsonNode value) {
        if (schema.type().equals("number") || !value.isIntegralNumber()) {
            return value.doubleValue();
        }
        return value.longValue();
    }

    /** Property names as rules must write them; the order of the replacements matters. */
    private static String escaped(String name) {
        if (RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        return name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }
}
