package dev.kvorum.server.admin;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.AuthorityControl;
import dev.kvorum.server.door.AuthorityView;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Identity;
import dev.kvorum.server.door.MemberRow;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Standing;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.RingJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node tells of itself, as JSON. */
final class NodeDocuments {

    private final ServerConfig config;
    private final NodeView node;
    private final AuthorityControl authority;
    private final String version;

    NodeDocuments(ServerConfig config, NodeView node, AuthorityControl authority, String version) {
        this.config = config;
        this.node = node;
        this.authority = authority;
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
        json.field("clusterId", founded == null ? null : founded.clusterId());
        json.field("epoch", founded == null ? 0 : founded.ring().epoch());
        json.field("ringHash", founded == null ? null : founded.ring().hashText());
        json.field("version", version);
        addresses(json);
        json.field("shards", founded == null ? 0 : founded.ring().shards());
        json.field("factor", founded == null ? 0 : founded.ring().factor());
        json.name("buckets");
        RingJson.buckets(buckets(founded), json);
        json.name("nodes").beginArray();
        if (founded != null) {
            founded.ring().nodes().forEach(each -> json.value(each.id().toString()));
        }
        json.endArray();
    }

    /** As decided by now, as far as this node knows. */
    private List<BucketSettings> buckets(@Nullable Founded founded) {
        if (founded == null) {
            return List.of();
        }
        AuthorityState decided = authority.authority().state();
        return decided.isFounded() ? decided.buckets() : founded.buckets();
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

    /** The ring in force here, and what the authority has decided about its rows by now. */
    byte[] ring(Ring ring) {
        return RingDocument.of(ring, authority.authority());
    }

    byte[] members() {
        AuthorityView known = authority.authority();
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
            decided(known.state().node(member.id()), json);
            json.name("votes").raw(Boolean.toString(known.voters().contains(member.id())));
            json.name("leads").raw(Boolean.toString(member.id().equals(known.leader())));
            json.endObject();
        }
        return json.endArray().endObject().toBytes();
    }

    private static void decided(@Nullable NodeEntry entry, JsonText json) {
        VolumeStart start = entry == null ? null : entry.registered();
        json.field("authority", entry == null ? null : entry.state().word());
        json.field("volumeId", start == null ? null : start.volume().toString());
        json.field("boot", start == null ? 0 : start.boot());
    }
}
