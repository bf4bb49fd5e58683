package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors, parsed into predicates. */
final class Selectors {

    private static final String KEY = "(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*)";
    private static final Pattern IN = Pattern.compile(KEY + "\\s+(?<operator>in|notin)\\s*\\((?<values>[^)]*)\\)");
    private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*(?<operator>==|=|!=)\\s*(?<value>[^,]*)");
    private static final Pattern EXISTS = Pattern.compile("(?<not>!?)\\s*" + KEY);
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private Selectors() {}

    static Predicate<JsonNode> labels(String selector) {
        Predicate<JsonNode> all = object -> true;
        for (String term : terms(selector)) {
            Predicate<Map<String, String>> holds = labelTerm(term);
            all = all.and(object -> holds.test(Json.strings(object, "metadata", "labels")));
        }
        return all;
    }

    private static Predicate<Map<String, String>> labelTerm(String term) {
        Matcher in = IN.matcher(term);
        if (in.matches()) {
            return among(in);
        }
        Matcher equal = EQUAL.matcher(term);
        if (equal.matches()) {
            String key = equal.group("key");
            String value = equal.group("value").strip();
            boolean wanted = !equal.group("operator").equals("!=");
            return labels -> value.equals(labels.get(key)) == wanted;
        }
        Matcher exists = EXISTS.matcher(term);
        if (exists.matches()) {
            String key = exists.group("key");
            boolean wanted = exists.group("not").isEmpty();
            return labels -> labels.containsKey(key) == wanted;
        }
        throw ApiProblem.badRequest("unable to parse requirement: labelSelector term \"" + term + "\"");
    }

    private static Predicate<Map<String, String>> among(Matcher in) {
        List<String> values = Arrays.stream(in.group("values").split(",", -1))
                .map(String::strip)
                .toList();
        String key = in.group("key");
        boolean wanted = in.group("operator").equals("in");
        return labels -> (labels.containsKey(key) && values.contains(labels.get(key))) == wanted;
    }

    static Predicate<JsonNode> fields(String selector) {
        Predicate<JsonNode> all = object -> true;
        for (String term : terms(selector)) {
            Matcher equal = EQUAL.matcher(term);
            if (!equal.matches()) {
                throw ApiProblem.badRequest(
                        "invalid field selector: \"" + term + "\": say field=value or field!=value");
            }
            String[] path = equal.group("key").split("\\.", -1);
            String value = equal.group("value").strip();
            boolean wanted = !equal.group("operator").equals("!=");
            all = all.and(object -> Json.text(object, path).equals(value) == wanted);
        }
        return all;
    }

    private static List<String> terms(String selector) {
        return selector.isBlank()
                ? List.of()
                : Arrays.stream(COMMA.split(selector, -1)).map(String::strip).toList();
    }
}
