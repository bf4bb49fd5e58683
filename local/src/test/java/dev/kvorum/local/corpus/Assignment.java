package dev.kvorum.local.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code spec.zones[0].name = a}: a value put at a path, objects and list items on the way made where they are
 * missing.
 */
record Assignment(List<String> path, String value) {

    private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+");
    private static final Pattern REPEATED = Pattern.compile("<(.+?)\\*(\\d+)>");
    private static final String ABSENT = "(absent)";

    /** Carries out all assignments of a text in turn. */
    static void applyAll(String text, ObjectNode object) {
        for (String one : text.split("; ", -1)) {
            if (!one.isBlank()) {
                parse(one).apply(object);
            }
        }
    }

    private static Assignment parse(String text) {
        int equals = text.indexOf(" = ");
        if (equals < 0) {
            throw new IllegalArgumentException("no \" = \" in: " + text);
        }
        List<String> path = new ArrayList<>();
        Matcher steps = STEP.matcher(text.substring(0, equals).strip());
        while (steps.find()) {
            path.add(steps.group());
        }
        return new Assignment(path, text.substring(equals + 3).strip());
    }

    private void apply(ObjectNode object) {
        JsonNode here = object;
        for (int i = 0; i < path.size() - 1; i++) {
            boolean list = path.get(i + 1).matches("\\d+");
            here = list ? listAt(here, path.get(i)) : objectAt(here, path.get(i));
        }
        put(here, path.getLast());
    }

    private void put(JsonNode here, String step) {
        if (here instanceof ArrayNode list) {
            int index = Integer.parseInt(step);
            if (index < list.size()) {
                list.set(index, parsed());
            } else {
                list.add(parsed());
            }
        } else if (value.equals(ABSENT)) {
            ((ObjectNode) here).remove(step);
        } else {
            ((ObjectNode) here).set(step, parsed());
        }
    }

    private static JsonNode objectAt(JsonNode here, String step) {
        return here instanceof ArrayNode list ? list.path(Integer.parseInt(step)) : Json.child((ObjectNode) here, step);
    }

    private static JsonNode listAt(JsonNode here, String step) {
        return ((ObjectNode) here).withArray(step);
    }

    private JsonNode parsed() {
        String yaml = REPEATED.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(repeated(found.group(1), found.group(2))));
        return Json.parseDocuments("value: " + yaml).getFirst().path("value");
    }

    private static String repeated(String text, String times) {
        return IntStream.range(0, Integer.parseInt(times))
                .mapToObj(i -> text.replace("#", Integer.toString(i)))
                .collect(Collectors.joining());
    }
}
