package dev.kvorum.server.node;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import dev.kvorum.server.door.ClusterControl.Founding;
import dev.kvorum.server.door.ClusterControl.Founding.Accepted;
import dev.kvorum.server.door.ClusterControl.Founding.Conflict;
import dev.kvorum.server.door.ClusterControl.Founding.ForeignNode;
import dev.kvorum.server.door.ClusterControl.Founding.Refused;
import dev.kvorum.server.door.Founded;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.Read;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The founding document of this node: kept in the store's own family, accepted once, synced before it is answered.
 * Methods block; they are called on a worker.
 */
final class FoundingDocument {

    private static final String NAME = "founding-document";

    private final ReentrantLock lock = new ReentrantLock();
    private final NodeStorage storage;
    private @Nullable Founded founded;

    FoundingDocument(NodeStorage storage) {
        this.storage = storage;
    }

    /**
     * Reads the document that was accepted by an earlier process; null when there is none.
     *
     * @throws MalformedException when the stored document cannot be read
     */
    @Nullable
    Founded load() {
        lock.lock();
        try {
            founded = switch (storage.getMeta(NAME)) {
                case Read.Found(byte[] bytes) -> read(bytes);
                case Read.Absent() -> null;
                case Read.Damaged(var damage) -> throw new MalformedException("the founding document: " + damage);
                case Read.NeedsIo() -> throw new MalformedException("the founding document was not read");
                case Read.Closed() -> null;
            };
            return founded;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts the document if there is none, or if it equals the accepted one. */
    Founding accept(Bootstrap document) {
        lock.lock();
        try {
            Founded present = founded;
            if (present != null) {
                return present.document().equals(document)
                        ? new Accepted(present.ring())
                        : new Conflict(difference(present.document(), document));
            }
            NodeId self = storage.identity().nodeId();
            if (document.nodes().stream().noneMatch(node -> node.id().equals(self))) {
                return new ForeignNode("nodes does not name this node, whose id is " + self);
            }
            WireWriter out = new WireWriter();
            document.write(out);
            storage.putMeta(NAME, out.toBytes());
            founded = new Founded(document, Ring.of(document));
            return new Accepted(founded.ring());
        } catch (IOException failed) {
            return new Refused("the document could not be kept: " + failed.getMessage());
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Founded founded() {
        lock.lock();
        try {
            return founded;
        } finally {
            lock.unlock();
        }
    }

    private static Founded read(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        Bootstrap document = Bootstrap.read(in);
        in.end();
        return new Founded(document, Ring.of(document));
    }

    private static String difference(Bootstrap held, Bootstrap sent) {
        if (!held.clusterId().equals(sent.clusterId())) {
            return "this node belongs to cluster " + held.clusterId() + ", the document founds " + sent.clusterId();
        }
        return "this node accepted another document of cluster " + held.clusterId() + " before; "
                + whatDiffers(held, sent);
    }

    /** The first field, in the order of the document, that is not as it was. */
    private static String whatDiffers(Bootstrap held, Bootstrap sent) {
        Map<String, Object> was = fields(held);
        for (Map.Entry<String, Object> field : fields(sent).entrySet()) {
            Object before = Objects.requireNonNull(was.get(field.getKey()));
            if (!before.equals(field.getValue())) {
                return before instanceof List
                        ? field.getKey() + " differ"
                        : field.getKey() + " is " + field.getValue() + ", accepted was " + before;
            }
        }
        return "they differ";
    }

    private static Map<String, Object> fields(Bootstrap document) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("generation", document.generation());
        fields.put("shards", document.shards());
        fields.put("factor", document.factor());
        fields.put("read", document.read());
        fields.put("write", document.write());
        fields.put("durability", document.durability());
        fields.put("nodes", document.nodes());
        fields.put("voters", document.voters());
        fields.put("buckets", document.buckets());
        return fields;
    }
}
