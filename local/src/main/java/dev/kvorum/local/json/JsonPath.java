package dev.kvorum.local.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON paths of printer columns: {@code .a.b}, {@code ['a.b']}, {@code [0]}, {@code [*]} and
 * {@code [?(@.type=="Ready")]}.
 */
public final class JsonPath {

    private static final Pattern STEP = Pattern.compile("\\.?(?<name>[A-Za-z0-9_$-]+(?:\\\\.[A-Za-z0-9_$/-]+)*)"
            + "|\\['(?<quoted>[^']+)']"
            + "|\\[(?<index>-?\\d+)]"
            + "|\\.?\\[?(?<all>\\*)]?"
            + "|\\[\\?\\(@\\.(?<field>[A-Za-z0-9_.-]+)\\s*==\\s*[\"'](?<value>[^\"']*)[\"']\\)]");

    private JsonPath() {}

    /** Every value that a path reaches, in order; none for a path that this does not understand. */
    public static List<JsonNode> find(JsonNode root, String path) {
        List<JsonNode> here = List.of(root);
        Matcher step = STEP.matcher(path);
        int position = 0;
        while (position < path.length()) {
            if (!step.find(position) || step.start() != position) {
                return List.of();
            }
            position = step.end();
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : here) {
                follow(step, node, next);
            }
            here = next;
        }
        return here;
    }

    private static void follow(Matcher step, JsonNode node, List<JsonNode> next) {
        if (step.group("name") != null) {
            keep(node.path(step.group("name").replace("\\.", ".")), next);
        } else if (step.group("quoted") != null) {
            keep(node.path(step.group("quoted")), next);
        } else if (step.group("index") != null) {
            int index = Integer.parseInt(step.group("index"));
            keep(node.path(index < 0 ? node.size() + index : index), next);
        } else if (step.group("all") != null) {
            node.forEach(child -> keep(child, next));
        } else {
            String[] field = step.group("field").split("\\.", -1);
            for (JsonNode child : node) {
                if (Json.text(child, field).equals(step.group("value"))) {
                    next.add(child);
                }
            }
        }
    }

    private static void keep(JsonNode found, List<JsonNode> next) {
        if (!found.isMissingNode() && !found.isNull()) {
            next.add(found);
        }
    }
}
