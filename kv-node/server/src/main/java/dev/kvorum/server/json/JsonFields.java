package dev.kvorum.server.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, taken one by one; {@link #end} refuses what nobody took. */
final class JsonFields {

    private final String path;
    private final Map<String, @Nullable Object> left = new LinkedHashMap<>();

    private JsonFields(String path, Map<?, ?> fields) {
        this.path = path;
        fields.forEach((name, value) -> left.put(String.valueOf(name), value));
    }

    static JsonFields of(@Nullable Object tree) {
        return of("", tree);
    }

    private static JsonFields of(String path, @Nullable Object tree) {
        if (tree instanceof Map<?, ?> fields) {
            return new JsonFields(path.isEmpty() ? "" : path + '.', fields);
        }
        throw new InvalidJson((path.isEmpty() ? "the body" : path) + " must be an object");
    }

    String text(String name) {
        if (take(name) instanceof String text) {
            return text;
        }
        throw new InvalidJson(path + name + " must be a string");
    }

    long number(String name) {
        if (take(name) instanceof Long number) {
            return number;
        }
        throw new InvalidJson(path + name + " must be a whole number");
    }

    int integer(String name) {
        long number = number(name);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw new InvalidJson(path + name + " is " + number + ", which is out of range");
        }
        return (int) number;
    }

    boolean bool(String name) {
        if (take(name) instanceof Boolean bool) {
            return bool;
        }
        throw new InvalidJson(path + name + " must be true or false");
    }

    /** A string or a number that the parser understands. */
    <T> T parsed(String name, Function<String, T> parser) {
        Object value = take(name);
        if (value instanceof String || value instanceof Long) {
            return parse(path + name, value.toString(), parser);
        }
        throw new InvalidJson(path + name + " must be a string");
    }

    JsonFields object(String name) {
        return of(path + name, take(name));
    }

    <T> List<T> objects(String name, Function<JsonFields, T> reader) {
        List<T> read = new ArrayList<>();
        for (Object element : list(name)) {
            String at = path + name + '[' + read.size() + ']';
            JsonFields fields = of(at, element);
            try {
                read.add(reader.apply(fields));
            } catch (IllegalArgumentException invalid) {
                throw new InvalidJson(at + ": " + invalid.getMessage());
            }
        }
        return read;
    }

    <T> List<T> texts(String name, Function<String, T> parser) {
        List<T> read = new ArrayList<>();
        for (Object element : list(name)) {
            String at = path + name + '[' + read.size() + ']';
            if (!(element instanceof String text)) {
                throw new InvalidJson(at + " must be a string");
            }
            read.add(parse(at, text, parser));
        }
        return read;
    }

    void end() {
        if (!left.isEmpty()) {
            throw new InvalidJson(path + left.keySet().iterator().next() + " is no field of this document");
        }
    }

    private List<?> list(String name) {
        if (take(name) instanceof List<?> elements) {
            return elements;
        }
        throw new InvalidJson(path + name + " must be a list");
    }

    private @Nullable Object take(String name) {
        if (!left.containsKey(name)) {
            throw new InvalidJson(path + name + " is missing");
        }
        return left.remove(name);
    }

    private static <T> T parse(String at, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidJson(at + ": " + invalid.getMessage());
        }
    }
}
