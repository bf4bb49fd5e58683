package dev.kvorum.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ring and the members as nodes tell them, in columns for people. */
final class Tables {

    private static final int SHORT_ID = 8;

    private Tables() {}

    /** What {@code GET /admin/v1/ring} answers: who decides it, who holds how much, and which rows lack something. */
    static String ring(JsonNode ring) {
        Map<String, String> names = new TreeMap<>();
        Json.items(ring, "nodes").forEach(node -> names.put(Json.text(node, "id"), Json.text(node, "name")));
        StringBuilder text = new StringBuilder();
        text.append("cluster %s, generation %s, epoch %s, hash %s%n"
                .formatted(
                        Json.text(ring, "clusterId"),
                        Json.text(ring, "generation"),
                        Json.text(ring, "epoch"),
                        Json.text(ring, "hash")));
        text.append(
                "%s shards with %s replicas each%n".formatted(Json.text(ring, "shards"), Json.text(ring, "factor")));
        text.append("voters %s; %s%n%n".formatted(named(ring, "voters", names), leader(ring, names)));
        text.append(columns(holders(ring)));
        List<List<String>> lacking = lacking(ring, names);
        if (lacking.size() > 1) {
            text.append(System.lineSeparator()).append(columns(lacking));
        }
        return text.toString();
    }

    private static String leader(JsonNode ring, Map<String, String> names) {
        String leader = Json.text(ring, "leader");
        return leader.isEmpty() || leader.equals("null")
                ? "nobody leads"
                : names.getOrDefault(leader, leader) + " leads";
    }

    private static List<List<String>> holders(JsonNode ring) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("NODE", "ZONE", "SHARDS", "FIRST IN"));
        for (JsonNode node : Json.items(ring, "nodes")) {
            String id = Json.text(node, "id");
            List<List<String>> held = Json.items(ring, "table").stream()
                    .map(row -> texts(row, "replicas"))
                    .filter(replicas -> replicas.contains(id))
                    .toList();
            long first = held.stream()
                    .filter(replicas -> replicas.getFirst().equals(id))
                    .count();
            lines.add(List.of(
                    Json.text(node, "name"),
                    Json.text(node, "zone"),
                    Integer.toString(held.size()),
                    Long.toString(first)));
        }
        return lines;
    }

    private static List<List<String>> lacking(JsonNode ring, Map<String, String> names) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("SHARD", "EPOCH", "INCOMPLETE", "AWAITED", "LOSS"));
        for (JsonNode row : Json.items(ring, "table")) {
            boolean isWhole = Json.items(row, "incomplete").isEmpty()
                    && Json.items(row, "awaited").isEmpty()
                    && Json.text(row, "loss").equals("none");
            if (!isWhole) {
                lines.add(List.of(
                        Json.text(row, "shard"),
                        Json.text(row, "epoch"),
                        named(row, "incomplete", names),
                        named(row, "awaited", names),
                        Json.text(row, "loss")));
            }
        }
        return lines;
    }

    /** What {@code GET /admin/v1/members} answers. */
    static String members(JsonNode members) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("NAME", "ZONE", "SEEN", "AUTHORITY", "PART", "VOLUME", "STARTS", "SCORE"));
        for (JsonNode member : Json.items(members, "members")) {
            lines.add(List.of(
                    Json.text(member, "name"),
                    Json.text(member, "zone"),
                    Json.text(member, "state"),
                    shown(member, "authority"),
                    part(member),
                    cut(shown(member, "volumeId")),
                    Json.text(member, "boot"),
                    Json.text(member, "score")));
        }
        return columns(lines);
    }

    private static String part(JsonNode member) {
        if (member.path("leads").asBoolean()) {
            return "leads";
        }
        return member.path("votes").asBoolean() ? "votes" : "learns";
    }

    private static String shown(JsonNode node, String name) {
        String text = Json.textOrNull(node, name);
        return text == null ? "-" : text;
    }

    private static String cut(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private static String named(JsonNode node, String name, Map<String, String> names) {
        String all =
                texts(node, name).stream().map(id -> names.getOrDefault(id, id)).collect(Collectors.joining(", "));
        return all.isEmpty() ? "-" : all;
    }

    private static List<String> texts(JsonNode node, String name) {
        return Json.items(node, name).stream().map(JsonNode::asText).toList();
    }

    /** Each column as wide as its longest cell. */
    private static String columns(List<List<String>> lines) {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                int at = column;
                int width = lines.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                row.append(line.get(column))
                        .repeat(' ', width - line.get(column).length() + 2);
            }
            text.append(row.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
