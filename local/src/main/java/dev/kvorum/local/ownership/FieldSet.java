package dev.kvorum.local.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A set of places in an object. A place is a path of steps in the notation of {@code fieldsV1}: {@code f:name} for a
 * field, {@code k:{"name":"x"}} for an item of a list by its keys, {@code v:"x"} for a value in a set. Immutable.
 */
record FieldSet(SortedSet<Path> paths) {

    static final FieldSet EMPTY = new FieldSet(new TreeSet<>());

    /** One place; the steps never hold a newline. */
    record Path(List<String> steps) implements Comparable<Path> {

        static final Path ROOT = new Path(List.of());

        Path then(String step) {
            List<String> longer = new ArrayList<>(steps);
            longer.add(step);
            return new Path(List.copyOf(longer));
        }

        /** True for a field by which its list finds the item that it is in. */
        boolean isKeyOfItem() {
            if (steps.size() < 2 || !steps.get(steps.size() - 2).startsWith("k:")) {
                return false;
            }
            String item = steps.get(steps.size() - 2).substring(2);
            return Json.parseObject(item).has(steps.getLast().substring(2));
        }

        boolean startsWith(Path other) {
            return steps.size() >= other.steps.size()
                    && steps.subList(0, other.steps.size()).equals(other.steps);
        }

        @Override
        public int compareTo(Path other) {
            return String.join("\n", steps).compareTo(String.join("\n", other.steps));
        }

        /** The form {@code .spec.containers[name="a"].image} of conflict messages. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (String step : steps) {
                if (step.startsWith("f:")) {
                    text.append('.').append(step, 2, step.length());
                } else if (step.startsWith("k:")) {
                    List<String> keys = new ArrayList<>();
                    Json.parseObject(step.substring(2))
                            .properties()
                            .forEach(e -> keys.add(e.getKey() + "=" + e.getValue()));
                    text.append('[').append(String.join(",", keys)).append(']');
                } else {
                    text.append("[=").append(step, 2, step.length()).append(']');
                }
            }
            return text.toString();
        }
    }

    /** The places that a value fills: its leaves, and each item of a list that merges by key. */
    static FieldSet of(Schema schema, JsonNode value) {
        SortedSet<Path> paths = new TreeSet<>();
        collect(schema, value, Path.ROOT, paths);
        return new FieldSet(paths);
    }

    private static void collect(Schema schema, JsonNode value, Path path, SortedSet<Path> paths) {
        if (Steps.isLeaf(schema, value)) {
            paths.add(path);
        } else if (value.isObject()) {
            value.properties()
                    .forEach(e -> collect(
                            schema.fieldOrAnything(e.getKey()), e.getValue(), path.then("f:" + e.getKey()), paths));
        } else {
            for (JsonNode item : value) {
                Path place = path.then(Steps.of(schema, item));
                paths.add(place);
                if (schema.listType() == Schema.ListType.MAP) {
                    collect(schema.items(), item, place, paths);
                }
            }
        }
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    boolean contains(Path path) {
        return paths.contains(path);
    }

    /** True when this place or one below it is in the set. */
    boolean reachesInto(Path path) {
        return paths.stream().anyMatch(other -> other.startsWith(path));
    }

    FieldSet plus(FieldSet other) {
        SortedSet<Path> all = new TreeSet<>(paths);
        all.addAll(other.paths);
        return new FieldSet(all);
    }

    FieldSet minus(FieldSet other) {
        SortedSet<Path> rest = new TreeSet<>(paths);
        rest.removeAll(other.paths);
        return new FieldSet(rest);
    }

    /** The places that a value has, of these. */
    FieldSet within(Schema schema, JsonNode value) {
        SortedSet<Path> there = new TreeSet<>(paths);
        there.removeIf(path -> Steps.find(schema, value, path).isMissingNode());
        return new FieldSet(there);
    }

    static FieldSet parse(JsonNode fieldsV1) {
        SortedSet<Path> paths = new TreeSet<>();
        parse(fieldsV1, Path.ROOT, paths);
        return new FieldSet(paths);
    }

    private static void parse(JsonNode node, Path path, SortedSet<Path> paths) {
        if (node.isEmpty() && !path.steps().isEmpty()) {
            paths.add(path);
        }
        node.properties().forEach(e -> {
            if (e.getKey().equals(".")) {
                paths.add(path);
            } else {
                parse(e.getValue(), path.then(e.getKey()), paths);
            }
        });
    }

    ObjectNode toJson() {
        ObjectNode root = Json.object();
        for (Path path : paths) {
            Json.child(root, path.steps().toArray(String[]::new));
        }
        for (Path path : paths) {
            ObjectNode there = Json.child(root, path.steps().toArray(String[]::new));
            if (!there.isEmpty()) {
                there.putObject(".");
            }
        }
        return root;
    }
}
