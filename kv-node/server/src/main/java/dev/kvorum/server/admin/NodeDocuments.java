package dev.kvorum.server.admin;

import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Identity;
import dev.kvorum.server.door.MemberRow;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Reading;
import dev.kvorum.server.door.Standing;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.RingJson;
import dev.kvorum.server.metrics.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a node tells of itself, as JSON. */
final class NodeDocuments {

    private final ServerConfig config;
    private final NodeView node;
    private final Metrics metrics;
    private final String version;
    private final long startedNs = System.nanoTime();

    NodeDocuments(ServerConfig config, NodeView node, Metrics metrics, String version) {
        this.config = config;
        this.node = node;
        this.metrics = metrics;
        this.version = version;
    }

    byte[] node() {
        Identity identity = node.identity();
        Standing standing = node.standing();
        JsonText json = new JsonText().beginObject();
        json.field("id", identity == null ? null : identity.id().toString());
        json.field("name", config.node().name());
        json.field("zone", config.node().zone());
        json.field("volumeId", identity == null ? null : identity.volumeId());
        json.field("state", standing.state().word());
        json.field("reason", standing.reason());
        cluster(json);
        return json.endObject().toBytes();
    }

    private void cluster(JsonText json) {
        Founded founded = node.founded();
        json.field("clusterId", founded == null ? null : founded.document().clusterId());
        json.field("epoch", founded == null ? 0 : founded.ring().epoch());
        json.field("ringHash", founded == null ? null : founded.ring().hashText());
        json.field("version", version);
        addresses(json);
        json.field("shards", founded == null ? 0 : founded.ring().shards());
        json.field("factor", founded == null ? 0 : founded.ring().factor());
        json.name("buckets");
        RingJson.buckets(founded == null ? List.of() : founded.document().buckets(), json);
        json.name("nodes").beginArray();
        if (founded != null) {
            founded.document().nodes().forEach(each -> json.value(each.id().toString()));
        }
        json.endArray();
    }

    private void addresses(JsonText json) {
        json.name("addresses").beginObject();
        json.field("host", config.node().advertiseHost());
        json.field("http", config.ports().httpPort());
        json.field("resp", config.ports().respPort());
        json.field("peer", config.ports().peerPort());
        json.field("membership", config.ports().membershipPort());
        json.field("admin", config.ports().adminPort());
        json.endObject();
    }

    byte[] members() {
        JsonText json = new JsonText().beginObject().name("members").beginArray();
        for (MemberRow member : node.members()) {
            json.beginObject();
            json.field("id", member.id().toString());
            json.field("name", member.name());
            json.field("zone", member.zone());
            json.field("state", member.state());
            json.field("incarnation", member.incarnation());
            json.field("host", member.host());
            json.field("heartbeat", member.heartbeat());
            json.field("sinceMs", member.sinceMs());
            json.endObject();
        }
        return json.endArray().endObject().toBytes();
    }

    /** All readings by name; those of one name with a label are an object by the label's value. */
    byte[] stats() {
        List<Reading> readings = new ArrayList<>(metrics.requestReadings());
        readings.addAll(node.readings());
        Map<String, List<Reading>> byName = new LinkedHashMap<>();
        readings.forEach(reading ->
                byName.computeIfAbsent(reading.name(), any -> new ArrayList<>()).add(reading));
        JsonText json = new JsonText().beginObject();
        json.field("uptimeMs", (System.nanoTime() - startedNs) / 1_000_000);
        json.name("readings").beginObject();
        byName.forEach((name, same) -> reading(name, same, json));
        return json.endObject().endObject().toBytes();
    }

    private static void reading(String name, List<Reading> same, JsonText json) {
        if (same.size() == 1 && same.getFirst().label() == null) {
            json.field(name, same.getFirst().value());
            return;
        }
        json.name(name).beginObject();
        for (Reading reading : same) {
            json.field(String.valueOf(reading.labelValue()), reading.value());
        }
        json.endObject();
    }
}
