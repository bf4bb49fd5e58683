package dev.kvorum.server.json;

import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.ring.ShardEntry;
import java.util.List;

/** The ring and the buckets as documents. */
public final class RingJson {

    private RingJson() {}

    public static byte[] ring(Ring ring) {
        JsonText json = new JsonText().beginObject();
        head(ring, json);
        json.name("nodes");
        nodes(ring.nodes(), json);
        json.name("table").beginArray();
        for (ShardEntry entry : ring.entries()) {
            json.beginObject();
            json.field("shard", entry.shard());
            json.field("epoch", entry.epoch());
            json.name("replicas").beginArray();
            for (NodeId replica : entry.replicas()) {
                json.value(replica.toString());
            }
            json.endArray().endObject();
        }
        return json.endArray().endObject().toBytes();
    }

    static void head(Ring ring, JsonText json) {
        json.field("clusterId", ring.clusterId());
        json.field("epoch", ring.epoch());
        json.field("hash", ring.hashText());
        json.field("shards", ring.shards());
        json.field("factor", ring.factor());
    }

    /** Appends the array of buckets. */
    public static void buckets(List<BucketSettings> buckets, JsonText json) {
        json.beginArray();
        for (BucketSettings bucket : buckets) {
            json.beginObject();
            json.field("name", bucket.name());
            json.field("mode", "quorum");
            json.field("conflict", bucket.conflict().toString());
            json.field("read", bucket.read().toString());
            json.field("write", bucket.write().toString());
            json.name("sloppy").value(bucket.sloppy());
            json.endObject();
        }
        json.endArray();
    }

    /** Appends the array of nodes. */
    public static void nodes(List<RingNode> nodes, JsonText json) {
        json.beginArray();
        nodes.forEach(node -> node(node, json));
        json.endArray();
    }

    private static void node(RingNode node, JsonText json) {
        json.beginObject();
        json.field("id", node.id().toString());
        json.field("name", node.name());
        json.field("zone", node.zone());
        json.field("weight", node.weight());
        json.field("host", node.host());
        json.name("ports").beginObject();
        json.field("http", node.ports().http());
        json.field("resp", node.ports().resp());
        json.field("peer", node.ports().peer());
        json.field("membership", node.ports().membership());
        json.field("admin", node.ports().admin());
        json.endObject().endObject();
    }
}
