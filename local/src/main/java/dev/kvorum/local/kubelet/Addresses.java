package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Meta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives pods of KVClusters their loopback address 127.C.Z.O: C numbers the cluster, Z its zone by the place in the
 * spec, O is the ordinal + 1. Numbers are kept in a file and stay with a name; those of deleted clusters are given
 * again.
 */
final class Addresses {

    private static final int HIGHEST = 254;

    private final Agent agent;
    private final Path file;
    private final ObjectNode numbers;

    Addresses(Agent agent, Path file) {
        this.agent = agent;
        this.file = file;
        this.numbers = load(file);
    }

    /** The address of the pod with an ordinal of a StatefulSet; nothing for sets that no KVCluster owns. */
    synchronized Optional<String> of(JsonNode set, int ordinal) {
        return clusterOf(set)
                .filter(cluster -> ordinal < HIGHEST)
                .flatMap(cluster -> zoneOf(cluster, set).map(zone -> {
                    ObjectNode entry = entry(cluster);
                    return "127." + entry.path("number").asInt() + "." + zoneNumber(cluster, entry, zone) + "."
                            + (ordinal + 1);
                }));
    }

    private Optional<ObjectNode> clusterOf(JsonNode set) {
        return Json.items(set, "metadata", "ownerReferences").stream()
                .filter(owner -> Json.text(owner, "kind").equals("KVCluster"))
                .findFirst()
                .flatMap(owner -> agent.find("kvclusters.kvorum.dev", Meta.namespace(set), Json.text(owner, "name")));
    }

    private static Optional<String> zoneOf(JsonNode cluster, JsonNode set) {
        String prefix = Meta.name(cluster) + "-";
        String name = Meta.name(set);
        return name.startsWith(prefix) ? Optional.of(name.substring(prefix.length())) : Optional.empty();
    }

    private ObjectNode entry(JsonNode cluster) {
        String key = key(cluster);
        if (numbers.get(key) instanceof ObjectNode entry) {
            return entry;
        }
        Set<String> alive = new TreeSet<>();
        agent.list("kvclusters.kvorum.dev").forEach(other -> alive.add(key(other)));
        List<String> known = new ArrayList<>();
        numbers.fieldNames().forEachRemaining(known::add);
        known.stream().filter(name -> !alive.contains(name)).forEach(numbers::remove);
        Set<Integer> taken = new TreeSet<>();
        numbers.forEach(other -> taken.add(other.path("number").asInt()));
        ObjectNode entry = numbers.putObject(key).put("number", firstFree(1, taken));
        save();
        return entry;
    }

    private int zoneNumber(JsonNode cluster, ObjectNode entry, String zone) {
        ObjectNode zones = Json.child(entry, "zones");
        if (!zones.has(zone)) {
            List<String> names = Json.items(cluster, "spec", "zones").stream()
                    .map(node -> Json.text(node, "name"))
                    .toList();
            Set<Integer> taken = new TreeSet<>();
            zones.forEach(number -> taken.add(number.asInt()));
            int place = Math.max(0, names.indexOf(zone)) + 1;
            zones.put(zone, taken.contains(place) ? firstFree(names.size() + 1, taken) : place);
            save();
        }
        return zones.path(zone).asInt();
    }

    private static String key(JsonNode cluster) {
        return Meta.namespace(cluster) + "/" + Meta.name(cluster);
    }

    private static int firstFree(int from, Set<Integer> taken) {
        for (int number = from; number <= HIGHEST; number++) {
            if (!taken.contains(number)) {
                return number;
            }
        }
        throw new IllegalStateException("all loopback networks 127.1 to 127.254 are taken");
    }

    private static ObjectNode load(Path file) {
        try {
            return Files.exists(file) ? Json.parseObject(Files.readString(file)) : Json.object();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void save() {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, Json.pretty(numbers));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
