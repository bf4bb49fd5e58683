package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.AuthorityCodec;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.ConsensusCodec;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.node.AuthorityGroup;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Luck;
import dev.kvorum.sim.world.Network;
import dev.kvorum.sim.world.Schedule;
import dev.kvorum.sim.world.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The nodes of one cluster, whoever wants to be one of them, their network, and everything that is due. */
final class AuthorityWorld {

    static final String CLUSTER = "c-1";

    /** The low part of a client's id is not below this; that of a node is its address. */
    static final int FIRST_CLIENT = 1_000;

    private static final String HOST = "host-";
    private static final int ZONES = 3;

    private final AuthoritySettings settings;
    private final Schedule schedule = new Schedule();
    private final Network network;
    private final Trail trail;
    private final AuthorityChecker checker = new AuthorityChecker(CLUSTER);
    private final AuthorityClients clients;
    private final Bootstrap document;
    private final List<AuthorityNode> nodes = new ArrayList<>();
    private final List<Impostor> impostors = new ArrayList<>();
    private long minted = 1_000;

    AuthorityWorld(AuthoritySettings settings, Luck luck, Trail trail) {
        this.settings = settings;
        this.trail = trail;
        network = new Network(settings.network(), settings.nodes(), luck.network());
        document = document(settings.nodes());
        clients = new AuthorityClients(this, luck.load());
        Configuration founding = AuthorityGroup.founding(document.voters());
        for (int address = 0; address < settings.nodes(); address++) {
            boolean isVoter = document.voters().contains(idOf(address));
            Volume volume = Volume.founder(
                    idOf(address), new VolumeId(100L + address, 1), isVoter ? founding : Configuration.NONE);
            nodes.add(new AuthorityNode(this, address, volume, luck.nodes().split()));
        }
    }

    static NodeId idOf(int address) {
        return new NodeId((address + 1L) << 56, 0, address);
    }

    static RingNode place(int address) {
        int base = 10_000 + 10 * address;
        return new RingNode(
                idOf(address),
                "n-" + address,
                "zone-" + (char) ('a' + address % ZONES),
                1,
                HOST + address,
                new Ports(base, base + 1, base + 2, base + 3, base + 4));
    }

    private static Bootstrap document(int nodes) {
        List<RingNode> places = new ArrayList<>();
        List<NodeId> voters = new ArrayList<>();
        for (int address = 0; address < nodes; address++) {
            places.add(place(address));
            if (address < (nodes >= 5 ? 5 : 3)) {
                voters.add(idOf(address));
            }
        }
        return new Bootstrap(
                CLUSTER,
                1,
                8,
                3,
                Level.QUORUM,
                Level.QUORUM,
                Bootstrap.Durability.FSYNC,
                places,
                voters,
                List.of(BucketSettings.named("default")));
    }

    AuthoritySettings settings() {
        return settings;
    }

    Bootstrap document() {
        return document;
    }

    Schedule schedule() {
        return schedule;
    }

    Network network() {
        return network;
    }

    Trail trail() {
        return trail;
    }

    AuthorityChecker checker() {
        return checker;
    }

    AuthorityClients clients() {
        return clients;
    }

    List<AuthorityNode> nodes() {
        return nodes;
    }

    void add(Impostor impostor) {
        impostors.add(impostor);
        impostor.tick();
    }

    VolumeId mintVolume() {
        return new VolumeId(++minted, 2);
    }

    NodeId mintNode(int address) {
        return new NodeId(++minted, 3, address);
    }

    SortedSet<NodeId> alive() {
        TreeSet<NodeId> alive = new TreeSet<>();
        nodes.stream().filter(AuthorityNode::isUp).forEach(node -> alive.add(node.volume().node));
        return alive;
    }

    /** The highest commit of this volume that anybody who is up has seen. */
    long highestSeenOf(Volume volume) {
        long highest = 0;
        for (AuthorityNode node : nodes) {
            if (node.isUp()) {
                highest = Math.max(highest, node.volume().seen.getOrDefault(volume.id.toString(), 0L));
            }
        }
        return highest;
    }

    // ---- packets and messages

    void send(AuthorityNode from, ConsensusPacket packet) {
        byte[] bytes = ConsensusCodec.encode(packet);
        trail.mix(bytes.length * 31L + packet.term());
        int to = packet.to().node().low();
        long synced = from.volume().syncedCommit;
        String sender = from.volume().id.toString();
        deliver(from.address(), to, () -> nodes.get(to).receive(ConsensusCodec.decode(bytes), sender, synced));
    }

    /** By the node's id: to its address, and to whoever claims to be it. */
    void send(AuthorityNode from, NodeId to, AuthorityMessage message) {
        byte[] bytes = AuthorityCodec.encode(message);
        trail.mix(bytes.length);
        NodeId sender = from.volume().node;
        if (to.low() >= FIRST_CLIENT) {
            fromOutside(() -> clients.receive(AuthorityCodec.decode(bytes)));
            return;
        }
        if (to.low() < nodes.size()) {
            deliver(from.address(), to.low(), () -> nodes.get(to.low()).receive(sender, AuthorityCodec.decode(bytes)));
        }
        for (Impostor impostor : impostors) {
            if (impostor.claims(to)) {
                fromOutside(() -> impostor.receive(sender, AuthorityCodec.decode(bytes)));
            }
        }
    }

    /** By the address, whoever lives there. */
    void call(AuthorityNode from, String host, AuthorityMessage message) {
        byte[] bytes = AuthorityCodec.encode(message);
        if (host.startsWith(HOST)) {
            int address = Integer.parseInt(host.substring(HOST.length()));
            NodeId sender = from.volume().node;
            deliver(from.address(), address, () -> nodes.get(address).receive(sender, AuthorityCodec.decode(bytes)));
        }
    }

    /** From somebody whom no cut concerns: clients and impostors. */
    void sendFromOutside(NodeId sender, NodeId to, AuthorityMessage message) {
        byte[] bytes = AuthorityCodec.encode(message);
        if (to.low() < nodes.size()) {
            fromOutside(() -> nodes.get(to.low()).receive(sender, AuthorityCodec.decode(bytes)));
        }
    }

    private void fromOutside(Action delivery) {
        for (int times = times(); times > 0; times--) {
            schedule.after(network.delayUs(), delivery);
        }
    }

    private void deliver(int from, int to, Action delivery) {
        for (int times = times(); times > 0; times--) {
            schedule.after(network.delayUs(), () -> {
                if (network.isOpen(from, to)) {
                    delivery.run();
                }
            });
        }
    }

    private int times() {
        if (network.losesDatagram()) {
            return 0;
        }
        return network.doubles() ? 2 : 1;
    }

    void tell(String line) {
        if (trail.tells()) {
            trail.tell(schedule.nowUs(), line);
        }
    }
}
