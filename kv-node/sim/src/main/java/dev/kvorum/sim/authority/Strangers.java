package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.Arrival;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.Proof;
import dev.kvorum.core.authority.Start;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.sim.world.Dice;
import java.util.TreeSet;

/** Processes that have no business in the cluster: thieves of an identity, copies of a volume, foreigners. */
final class Strangers {

    private static final String ELSEWHERE = "elsewhere";

    private final AuthorityWorld world;
    private final Dice dice;
    private final TreeSet<Integer> claimed = new TreeSet<>();

    Strangers(AuthorityWorld world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    /** Whether somebody claims to be this node; whoever declared it lost now would let that one in. */
    boolean areAfter(AuthorityNode node) {
        return claimed.contains(node.address());
    }

    /** Somebody elsewhere claims the node's identity, on an empty volume. */
    void steal(AuthorityNode node) {
        NodeEntry known = world.checker().latest().node(AuthorityWorld.idOf(node.address()));
        if (known != null && known.isCurrent() && known.registered() != null && !node.isAway()) {
            claimed.add(node.address());
            VolumeStart start = new VolumeStart(world.mintVolume(), 1, dice.any(), 0);
            appear(new Arrival.Anew(start(known.node(), AuthorityWorld.CLUSTER, start), new Proof.None()));
        }
    }

    /** A copy of the volume is started elsewhere, and counts the start that is registered. */
    void startClone(AuthorityNode node) {
        NodeEntry known = world.checker().latest().node(node.volume().node);
        VolumeStart original = known == null ? null : known.registered();
        if (known != null && known.isCurrent() && original != null) {
            VolumeStart copied =
                    new VolumeStart(original.volume(), original.boot(), dice.any(), node.volume().syncedCommit);
            appear(new Arrival.Kept(start(known.node(), AuthorityWorld.CLUSTER, copied)));
        }
    }

    /** A node of another cluster, perhaps of the same name or even id. */
    void confuse(AuthorityNode node) {
        RingNode place = AuthorityWorld.place(node.address());
        NodeId id = dice.chance(500) ? place.id() : world.mintNode(world.nodes().size());
        String name = dice.chance(500) ? place.name() : "foreigner";
        RingNode foreign = new RingNode(id, name, place.zone(), 1, ELSEWHERE, place.ports());
        VolumeStart start = new VolumeStart(world.mintVolume(), 1, dice.any(), 0);
        Start arriving = start(foreign, "c-2", start);
        appear(dice.chance(500) ? new Arrival.Kept(arriving) : new Arrival.Anew(arriving, new Proof.None()));
    }

    private static Start start(RingNode place, String clusterId, VolumeStart volume) {
        RingNode there = new RingNode(place.id(), place.name(), place.zone(), 1, ELSEWHERE, place.ports());
        return new Start(clusterId, 1, there, volume, 1);
    }

    private void appear(Arrival arrival) {
        world.add(new Impostor(world, arrival, dice.split()));
    }
}
