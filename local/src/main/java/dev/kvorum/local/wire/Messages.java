package dev.kvorum.local.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of the messages that can be read, from {@code messages.txt}. */
final class Messages {

    /** One field; a kept zero is a value, other zeros mean that the field is absent. */
    record Field(String name, String type, boolean isList, boolean keepsZero) {}

    private static final Map<String, Map<Integer, Field>> BY_NAME = load();

    private Messages() {}

    static boolean knows(String message) {
        return BY_NAME.containsKey(message);
    }

    static @Nullable Field field(String message, int number) {
        return BY_NAME.getOrDefault(message, Map.of()).get(number);
    }

    private static Map<String, Map<Integer, Field>> load() {
        Map<String, Map<Integer, Field>> messages = new HashMap<>();
        text().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(":", 2);
            messages.put(parts[0].strip(), fields(parts[1].strip()));
        });
        return messages;
    }

    private static Map<Integer, Field> fields(String text) {
        Map<Integer, Field> fields = new HashMap<>();
        for (String field : text.isEmpty() ? new String[0] : text.split(", ", -1)) {
            String[] words = field.split(" ", -1);
            String type = words[2].replace("[]", "").replace("?", "");
            Field made = new Field(words[1], type, words[2].endsWith("[]"), words[2].endsWith("?"));
            fields.put(Integer.parseInt(words[0]), made);
        }
        return fields;
    }

    private static String text() {
        try (InputStream stream = Messages.class.getResourceAsStream("messages.txt")) {
            if (stream == null) {
                throw new IllegalStateException("messages.txt is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
