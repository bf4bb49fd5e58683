package dev.kvorum.sim.world;

import dev.kvorum.core.replication.ReplicationConfig;
import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A cluster in virtual time: its nodes, their network, and everything that is due. */
public final class World {

    /** What a client hears from a node that does not listen. */
    static final ClientReply REFUSED =
            ClientReply.Failed.notApplied(ErrorCode.STARTING, "the node does not accept connections");

    private static final Ports PORTS = new Ports(8080, 6379, 7600, 7601, 9600);

    private final WorldSettings settings;
    private final Schedule schedule = new Schedule();
    private final Losses losses = new Losses(schedule);
    private final Trail trail;
    private final Witness witness;
    private final Network network;
    private final Bootstrap document;
    private final Ring founding;
    private final List<Node> nodes = new ArrayList<>();
    private final TreeMap<NodeId, Integer> indexes = new TreeMap<>();
    private final TreeMap<String, Integer> hosts = new TreeMap<>();
    private final EnumMap<Event, Integer> counts = new EnumMap<>(Event.class);

    public World(WorldSettings settings, Luck luck, Trail trail, Witness witness) {
        this.settings = settings;
        this.trail = trail;
        this.witness = witness;
        this.network = new Network(settings.network(), settings.nodes(), luck.network());
        this.document = document(settings);
        this.founding = Ring.of(document);
        for (RingNode node : founding.nodes()) {
            indexes.put(node.id(), indexes.size());
            hosts.put(node.host(), hosts.size());
        }
        for (int index = 0; index < settings.nodes(); index++) {
            nodes.add(new Node(this, index, luck.nodes().split(), luck.disks().split()));
        }
    }

    private static Bootstrap document(WorldSettings settings) {
        List<RingNode> nodes = new ArrayList<>();
        for (int i = 0; i < settings.nodes(); i++) {
            String zone = "zone-" + i % settings.zones();
            nodes.add(new RingNode(new NodeId(i * 0x1111L, 7, i), "node-" + i, zone, 100, "host-" + i, PORTS));
        }
        BucketSettings bucket = new BucketSettings(
                Bootstrap.DEFAULT_BUCKET,
                BucketSettings.Mode.QUORUM,
                BucketSettings.Conflict.SIBLINGS,
                Level.exactly(settings.read()),
                Level.exactly(settings.write()),
                false);
        return new Bootstrap(
                "simulated",
                1,
                settings.shards(),
                settings.factor(),
                bucket.read(),
                bucket.write(),
                Bootstrap.Durability.FSYNC,
                nodes,
                List.of(nodes.getFirst().id()),
                List.of(bucket));
    }

    public WorldSettings settings() {
        return settings;
    }

    public Schedule schedule() {
        return schedule;
    }

    public Network network() {
        return network;
    }

    public Losses losses() {
        return losses;
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** The ring at epoch 1. */
    public Ring founding() {
        return founding;
    }

    public Trail trail() {
        return trail;
    }

    /** How often machines reported this. */
    public int count(Event event) {
        return counts.getOrDefault(event, 0);
    }

    Witness witness() {
        return witness;
    }

    /** What founded the cluster. */
    public Bootstrap document() {
        return document;
    }

    /** What every node goes by before anything else was decided. */
    public Decided founded() {
        return new Decided(0, founding, document.buckets(), new TreeMap<>());
    }

    ReplicationConfig replicationConfig() {
        ReplicationConfig standard = ReplicationConfig.standard();
        return new ReplicationConfig(
                standard.hedgeAfterMs(),
                standard.holdMs(),
                settings.settledKeys(),
                standard.maxOperations(),
                settings.flaws().replicationFlaws());
    }

    int indexOf(NodeId id) {
        return indexes.getOrDefault(id, -1);
    }

    int indexOfHost(String host) {
        return hosts.getOrDefault(host, -1);
    }

    NodeId idOf(int index) {
        return nodes.get(index).id();
    }

    void record(Event event) {
        counts.merge(event, 1, Integer::sum);
    }

    /** Notes what a client does, where somebody wants to read it. */
    public void tellClient(Supplier<String> line) {
        if (trail.tells()) {
            trail.tell(schedule.nowUs(), "client  " + line.get());
        }
    }

    void tell(Node node, Supplier<String> line) {
        if (trail.tells()) {
            trail.tell(schedule.nowUs(), node + "  " + line.get());
        }
    }
}
