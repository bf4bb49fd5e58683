package dev.kvorum.server.admin;

import dev.kvorum.core.authority.ShardState;
import dev.kvorum.core.authority.ShardState.Loss;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.server.door.AuthorityView;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.RingJson;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ring in force at a node, and what its copy of the authority says of each row by now. */
final class RingDocument {

    private RingDocument() {}

    static byte[] of(Ring ring, AuthorityView authority) {
        JsonText json = new JsonText().beginObject();
        json.field("clusterId", ring.clusterId());
        json.field("generation", authority.state().charter().generation());
        json.field("epoch", ring.epoch());
        json.field("hash", ring.hashText());
        json.field("shards", ring.shards());
        json.field("factor", ring.factor());
        json.name("nodes");
        RingJson.nodes(ring.nodes(), json);
        NodeId leader = authority.leader();
        ids("voters", authority.voters(), json);
        json.field("leader", leader == null ? null : leader.toString());
        json.field("applied", authority.applied());
        List<ShardState> decided = authority.state().shards();
        json.name("table").beginArray();
        for (ShardEntry entry : ring.entries()) {
            row(entry, entry.shard() < decided.size() ? decided.get(entry.shard()) : null, json);
        }
        return json.endArray().endObject().toBytes();
    }

    private static void row(ShardEntry entry, @Nullable ShardState decided, JsonText json) {
        json.beginObject();
        json.field("shard", entry.shard());
        json.field("epoch", entry.epoch());
        ids("replicas", entry.replicas(), json);
        ids("incomplete", decided == null ? List.of() : decided.incomplete(), json);
        ids("awaited", decided == null ? List.of() : decided.awaited(), json);
        Loss loss = decided == null ? Loss.NONE : decided.loss();
        json.field("loss", loss.name().toLowerCase(Locale.ROOT)).endObject();
    }

    private static void ids(String name, Collection<NodeId> nodes, JsonText json) {
        json.name(name).beginArray();
        nodes.forEach(node -> json.value(node.toString()));
        json.endArray();
    }
}
