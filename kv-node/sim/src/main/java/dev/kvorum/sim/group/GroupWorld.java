package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.ConsensusCodec;
import dev.kvorum.core.consensus.ConsensusEffect;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.sim.world.Luck;
import dev.kvorum.sim.world.Network;
import dev.kvorum.sim.world.Schedule;
import dev.kvorum.sim.world.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The nodes of one group, their network, and everything that is due. */
final class GroupWorld {

    /** The number of the only group. */
    static final int GROUP = 1;

    private final GroupSettings settings;
    private final Schedule schedule = new Schedule();
    private final Network network;
    private final Trail trail;
    private final Mail mail;
    private final GroupChecker checker;
    private final List<GroupNode> nodes = new ArrayList<>();

    GroupWorld(GroupSettings settings, Luck luck, Trail trail) {
        this.settings = settings;
        this.trail = trail;
        network = new Network(settings.network(), settings.nodes(), luck.network());
        mail = new Mail(this, settings.faults().contains(GroupFault.REPLAY));
        TreeSet<ReplicaId> voters = new TreeSet<>();
        for (int index = 0; index < settings.voters(); index++) {
            voters.add(GroupNode.idOf(index, 0));
        }
        Configuration founding = Configuration.ofVoters(voters);
        checker = new GroupChecker(this, founding);
        for (int index = 0; index < settings.nodes(); index++) {
            Configuration known = index < settings.voters() ? founding : Configuration.NONE;
            nodes.add(new GroupNode(this, index, known, luck.disks().split()));
        }
    }

    GroupSettings settings() {
        return settings;
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

    Mail mail() {
        return mail;
    }

    GroupChecker checker() {
        return checker;
    }

    List<GroupNode> nodes() {
        return nodes;
    }

    boolean has(GroupShellFlaw flaw) {
        return settings.flaws().shell() == flaw;
    }

    /** Whether some node has this very volume, whole, up or down. */
    boolean isHere(ReplicaId id) {
        return !checker.isDamaged(id)
                && nodes.stream().anyMatch(node -> node.id().equals(id));
    }

    // ---- packets

    void send(ConsensusPacket packet) {
        byte[] bytes = ConsensusCodec.encode(packet);
        trail.mix(bytes.length * 31L + packet.term());
        int from = indexOf(packet.from());
        int to = indexOf(packet.to());
        if (network.losesDatagram()) {
            return;
        }
        deliver(from, to, bytes);
        if (network.doubles()) {
            deliver(from, to, bytes);
        }
    }

    private void deliver(int from, int to, byte[] bytes) {
        schedule.after(network.delayUs(), () -> {
            if (network.isOpen(from, to)) {
                mail.arrive(to, bytes);
            }
        });
    }

    private static int indexOf(ReplicaId id) {
        return id.node().low();
    }

    // ---- what is told

    void tell(GroupNode node, ConsensusEffect effect) {
        if (trail.tells()) {
            trail.tell(schedule.nowUs(), node + "  " + effect);
        }
    }

    void tell(String line) {
        if (trail.tells()) {
            trail.tell(schedule.nowUs(), line);
        }
    }
}
