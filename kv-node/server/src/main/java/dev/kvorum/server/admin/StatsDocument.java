package dev.kvorum.server.admin;

import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Reading;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.metrics.Metrics;
import dev.kvorum.server.metrics.Recent;
import dev.kvorum.server.metrics.RequestMeter.Verb;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a node does at this time, as JSON: first what a person looks for, then every figure there is. */
final class StatsDocument {

    private final NodeView node;
    private final Supplier<List<Reading>> figures;
    private final Metrics metrics;
    private final Recent recent;
    private final long startedNs = System.nanoTime();

    /** @param figures of the node, beside those of its doors */
    StatsDocument(NodeView node, Supplier<List<Reading>> figures, Metrics metrics) {
        this.node = node;
        this.figures = figures;
        this.metrics = metrics;
        this.recent = metrics.recent();
    }

    /** Due every {@link Recent#LOOK_MS}. */
    void look() {
        Founded founded = node.founded();
        recent.look(System.nanoTime(), founded == null ? 0 : founded.ring().shards());
    }

    byte[] toBytes() {
        long nowNs = System.nanoTime();
        List<Reading> readings = new ArrayList<>(metrics.requestReadings());
        readings.addAll(figures.get());
        Map<String, List<Reading>> byName = new LinkedHashMap<>();
        readings.forEach(reading ->
                byName.computeIfAbsent(reading.name(), any -> new ArrayList<>()).add(reading));
        JsonText json = new JsonText().beginObject();
        json.field("uptimeMs", (nowNs - startedNs) / 1_000_000);
        operations(nowNs, json);
        json.name("bytesPerSecond").beginObject();
        json.field("read", recent.readPerSecond(nowNs));
        json.field("written", recent.writtenPerSecond(nowNs)).endObject();
        json.name("queueBytes");
        figures(byName.getOrDefault("queue_bytes", List.of()), json);
        disk(byName, json);
        topShards(nowNs, json);
        json.name("readings").beginObject();
        byName.forEach((name, same) -> reading(name, same, json));
        return json.endObject().endObject().toBytes();
    }

    private void operations(long nowNs, JsonText json) {
        json.name("operations").beginObject();
        for (Verb verb : Verb.values()) {
            json.name(verb.word()).beginObject();
            for (int seconds : new int[] {1, 10, 60}) {
                json.name("perSecond" + seconds + "s");
                tenths(recent.tenthsPerSecond(verb, seconds, nowNs), json);
            }
            json.field("p50Us", recent.perMilleUs(verb, 500, nowNs));
            json.field("p99Us", recent.perMilleUs(verb, 990, nowNs));
            json.endObject();
        }
        json.endObject();
    }

    private static void disk(Map<String, List<Reading>> byName, JsonText json) {
        long volume = figure(byName, "storage_volume_bytes");
        long free = figure(byName, "storage_free_bytes");
        json.name("disk").beginObject();
        json.field("volumeBytes", volume);
        json.field("usedBytes", volume - free);
        json.field("freeBytes", free);
        json.field("liveDataBytes", figure(byName, "storage_live_data_bytes"));
        json.endObject();
    }

    private void topShards(long nowNs, JsonText json) {
        json.name("topShards").beginArray();
        for (Recent.ShardRate rate : recent.topShards(nowNs)) {
            json.beginObject().field("shard", rate.shard()).name("perSecond");
            tenths(rate.tenthsPerSecond(), json);
            json.endObject();
        }
        json.endArray();
    }

    private static long figure(Map<String, List<Reading>> byName, String name) {
        return byName.getOrDefault(name, List.of()).stream()
                .mapToLong(Reading::value)
                .sum();
    }

    private static void tenths(long tenths, JsonText json) {
        json.raw(BigDecimal.valueOf(tenths, 1).toPlainString());
    }

    private static void reading(String name, List<Reading> same, JsonText json) {
        if (same.size() == 1 && same.getFirst().label() == null) {
            json.field(name, same.getFirst().value());
            return;
        }
        json.name(name);
        figures(same, json);
    }

    /** Readings of one name as an object by the value of their label. */
    private static void figures(List<Reading> same, JsonText json) {
        json.beginObject();
        for (Reading reading : same) {
            json.field(String.valueOf(reading.labelValue()), reading.value());
        }
        json.endObject();
    }
}
