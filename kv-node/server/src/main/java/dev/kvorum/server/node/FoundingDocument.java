package dev.kvorum.server.node;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import dev.kvorum.server.door.ClusterControl.Founding;
import dev.kvorum.server.door.ClusterControl.Founding.Accepted;
import dev.kvorum.server.door.ClusterControl.Founding.Conflict;
import dev.kvorum.server.door.ClusterControl.Founding.ForeignNode;
import dev.kvorum.server.door.ClusterControl.Founding.Refused;
import dev.kvorum.storage.Arrival;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.Read;
import dev.kvorum.storage.files.Identity;
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

    private static final int FORM = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private final NodeStorage storage;
    private @Nullable Kept kept;

    /**
     * A document with what it made of this volume.
     *
     * @param founder whether the volume is one that the document was written for; the volumes that come after it, also
     *     those of the same node, have not promised what the founders' logs begin with
     */
    record Kept(Bootstrap document, boolean founder) {}

    FoundingDocument(NodeStorage storage) {
        this.storage = storage;
    }

    /**
     * Reads the document that was accepted by an earlier process; null when there is none.
     *
     * @throws MalformedException when the stored document cannot be read
     */
    @Nullable
    Kept load() {
        lock.lock();
        try {
            kept = switch (storage.getMeta(NAME)) {
                case Read.Found(byte[] bytes) -> read(bytes);
                case Read.Absent() -> null;
                case Read.Damaged(var damage) -> throw new MalformedException("the founding document: " + damage);
                case Read.NeedsIo() -> throw new MalformedException("the founding document was not read");
                case Read.Closed() -> null;
            };
            return kept;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Accepts the document if there is none, or if it equals the accepted one. It must name this node: by its id, or by
     * its name and zone where the id went with an earlier volume.
     */
    Founding accept(Bootstrap document, String zone) {
        lock.lock();
        try {
            Kept present = kept;
            if (present != null) {
                return present.document().equals(document)
                        ? new Accepted(Ring.of(document))
                        : new Conflict(difference(present.document(), document));
            }
            Identity self = storage.identity();
            boolean byId = document.nodes().stream().anyMatch(node -> node.id().equals(self.nodeId()));
            if (!byId && !hasPlace(document, self.name(), zone)) {
                return new ForeignNode("nodes names neither the id of this node, " + self.nodeId() + ", nor \""
                        + self.name() + "\" in " + zone);
            }
            Kept accepted = new Kept(document, byId && storage.arrival() instanceof Arrival.Kept);
            storage.putMeta(NAME, write(accepted));
            kept = accepted;
            return new Accepted(Ring.of(document));
        } catch (IOException failed) {
            return new Refused("the document could not be kept: " + failed.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private static boolean hasPlace(Bootstrap document, String name, String zone) {
        return document.nodes().stream()
                .anyMatch(node -> node.name().equals(name) && node.zone().equals(zone));
    }

    @Nullable
    Kept kept() {
        lock.lock();
        try {
            return kept;
        } finally {
            lock.unlock();
        }
    }

    private static byte[] write(Kept kept) {
        WireWriter out = new WireWriter();
        out.putByte(FORM).putByte(kept.founder() ? 1 : 0);
        kept.document().write(out);
        return out.toBytes();
    }

    private static Kept read(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int form = in.getByte();
        if (form != FORM) {
            throw new MalformedException("a founding document kept in form " + form + ", expected " + FORM);
        }
        boolean founder = in.getByte() == 1;
        Bootstrap document = Bootstrap.read(in);
        in.end();
        return new Kept(document, founder);
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
