package dev.kvorum.server.json;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.RingNode;
import java.util.List;

/** The founding document as the operator sends it. Every field must be there, once, and no other. */
public final class BootstrapJson {

    private BootstrapJson() {}

    /**
     * Reads the document.
     *
     * @throws InvalidJson naming the field that is unknown, missing, of the wrong type or out of range
     */
    public static Bootstrap read(byte[] json) {
        JsonFields fields = JsonFields.of(JsonDocument.tree(json));
        try {
            Bootstrap document = new Bootstrap(
                    fields.text("clusterId"),
                    fields.number("generation"),
                    fields.integer("shards"),
                    fields.integer("factor"),
                    fields.parsed("read", Level::parse),
                    fields.parsed("write", Level::parse),
                    fields.parsed("durability", Bootstrap.Durability::parse),
                    fields.objects("nodes", BootstrapJson::node),
                    fields.texts("voters", NodeId::parse),
                    fields.objects("buckets", BootstrapJson::bucket));
            fields.end();
            return document;
        } catch (IllegalArgumentException invalid) {
            throw new InvalidJson(String.valueOf(invalid.getMessage()));
        }
    }

    private static RingNode node(JsonFields fields) {
        RingNode node = new RingNode(
                fields.parsed("id", NodeId::parse),
                fields.text("name"),
                fields.text("zone"),
                fields.integer("weight"),
                fields.text("host"),
                ports(fields.object("ports")));
        fields.end();
        return node;
    }

    private static Ports ports(JsonFields fields) {
        Ports ports = new Ports(
                fields.integer("http"),
                fields.integer("resp"),
                fields.integer("peer"),
                fields.integer("membership"),
                fields.integer("admin"));
        fields.end();
        return ports;
    }

    private static BucketSettings bucket(JsonFields fields) {
        BucketSettings bucket = bucketFields(fields);
        fields.end();
        return bucket;
    }

    /** Takes the fields of a bucket. */
    static BucketSettings bucketFields(JsonFields fields) {
        return new BucketSettings(
                fields.text("name"),
                fields.parsed("mode", BucketSettings.Mode::parse),
                fields.parsed("conflict", BucketSettings.Conflict::parse),
                fields.parsed("read", Level::parse),
                fields.parsed("write", Level::parse),
                fields.bool("sloppy"));
    }

    /** Writes the document in the form that {@link #read} takes. */
    public static byte[] write(Bootstrap document) {
        JsonText json = new JsonText().beginObject();
        json.field("clusterId", document.clusterId());
        json.field("generation", document.generation());
        json.field("shards", document.shards());
        json.field("factor", document.factor());
        json.field("read", document.read().toString());
        json.field("write", document.write().toString());
        json.field("durability", document.durability().toString());
        json.name("nodes");
        RingJson.nodes(document.nodes(), json);
        json.name("voters").beginArray();
        List<NodeId> voters = document.voters();
        voters.forEach(voter -> json.value(voter.toString()));
        json.endArray();
        json.name("buckets");
        RingJson.buckets(document.buckets(), json);
        return json.endObject().toBytes();
    }
}
