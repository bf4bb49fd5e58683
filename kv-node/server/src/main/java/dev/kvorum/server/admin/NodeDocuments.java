package dev.kvorum.server.admin;

import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Identity;
import dev.kvorum.server.door.MemberRow;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Standing;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.RingJson;
import java.util.List;

/** What a node tells of itself, as JSON. */
final class NodeDocuments {

    private final ServerConfig config;
    private final NodeView node;
    private final String version;

    NodeDocuments(ServerConfig config, NodeView node, String version) {
        this.config = config;
        this.node = node;
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
            json.field("score", member.score());
            json.endObject();
        }
        return json.endArray().endObject().toBytes();
    }
}
