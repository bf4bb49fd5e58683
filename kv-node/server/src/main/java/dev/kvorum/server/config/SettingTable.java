package dev.kvorum.server.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All keys of a set of configuration records, by name, in the order of the records. */
final class SettingTable {

    private final Map<String, Entry> byKey = new LinkedHashMap<>();

    /** One key with what is known of it. */
    record Entry(Class<? extends Record> component, RecordComponent field, Setting setting) {

        String key() {
            return field.getName();
        }

        String variable() {
            return variableOf(key());
        }

        boolean isNumber() {
            return field.getType() == int.class || field.getType() == long.class;
        }
    }

    private SettingTable() {}

    static SettingTable of(List<Class<? extends Record>> components) {
        SettingTable table = new SettingTable();
        for (Class<? extends Record> component : components) {
            for (RecordComponent field : component.getRecordComponents()) {
                Setting setting = Objects.requireNonNull(field.getAnnotation(Setting.class), field::toString);
                table.byKey.put(field.getName(), new Entry(component, field, setting));
            }
        }
        return table;
    }

    /** The variable that overrides a key: {@code KVORUM_DATA_DIR} for {@code dataDir}. */
    static String variableOf(String key) {
        return "KVORUM_" + key.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    Collection<Entry> entries() {
        return byKey.values();
    }

    List<Entry> entriesOf(Class<? extends Record> component) {
        return byKey.values().stream()
                .filter(entry -> entry.component() == component)
                .toList();
    }

    @Nullable
    Entry entry(String key) {
        return byKey.get(key);
    }

    @Nullable
    Entry entryOfVariable(String variable) {
        for (Entry entry : byKey.values()) {
            if (entry.variable().equals(variable)) {
                return entry;
            }
        }
        return null;
    }

    /** The known key nearest to a misspelt one, or null when none is near. */
    @Nullable
    String nearest(String misspelt) {
        List<String> keys = new ArrayList<>(byKey.keySet());
        String best = null;
        int bestDistance = 4;
        for (String key : keys) {
            int distance = distance(key.toLowerCase(Locale.ROOT), misspelt.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = key;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = row;
        }
        return previous[right.length()];
    }
}
