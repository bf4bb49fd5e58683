package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.Proof;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.sim.course.Blows;
import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Cuts;
import dev.kvorum.sim.world.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Strikes at random times, with whatever its seed allows, until it is told to stop. */
final class AuthorityChaos {

    private final AuthorityWorld world;
    private final Dice dice;
    private final Blows blows;
    private final Cuts cuts;
    private final Spares spares;
    private final Strangers strangers;
    private final List<AuthorityFault> faults;
    private final TreeMap<Integer, Volume> copies = new TreeMap<>();
    private final TreeMap<Integer, Volume> unjudged = new TreeMap<>();
    private final List<Volume> former = new ArrayList<>();

    AuthorityChaos(AuthorityWorld world, Dice dice) {
        this.world = world;
        this.dice = dice;
        blows = new Blows(world.schedule(), dice);
        cuts = new Cuts(world.network(), world.schedule(), world.nodes().size(), dice.split());
        spares = new Spares(world);
        strangers = new Strangers(world, dice.split());
        faults = new ArrayList<>(world.settings().faults());
    }

    void begin() {
        if (!faults.isEmpty()) {
            blows.repeat(world.settings().strikeMostMs(), this::strike);
        }
    }

    private void strike() {
        AuthorityFault fault = dice.pick(faults);
        AuthorityNode node = dice.pick(world.nodes());
        world.tell("---- " + fault + " " + node);
        strike(fault, node);
    }

    private void strike(AuthorityFault fault, AuthorityNode node) {
        switch (fault) {
            case KILL -> kill(node);
            case POWER -> losePower(node);
            case POWER_ALL -> world.nodes().forEach(this::losePower);
            case PAUSE -> blows.pause(node);
            case SPLIT -> cuts.split();
            case ONE_WAY -> cuts.oneWay(node.address());
            case BRIDGE -> cuts.bridge();
            case CLOG -> cuts.clog(node.address());
            case SLOW_DISK -> blows.slowDown(node);
            case CLOCK_JUMP -> node.jump(dice.between(1, 5_000));
            case WIPE -> wipe(node);
            case DAMAGE -> lose(node, () -> damage(node));
            case OLD_COPY -> copyOrRestore(node);
            case ROLLED_BACK -> rollBack();
            case FORMER_VOLUME -> restoreFormer(node);
            case THIEF -> strangers.steal(node);
            case CLONE -> strangers.startClone(node);
            case FOREIGNER -> strangers.confuse(node);
            case LOSS -> lose(node, () -> giveUp(node));
            case FLOOD -> flood();
        }
    }

    private void kill(AuthorityNode node) {
        if (!isUnjudged(node)) {
            blows.kill(node);
        }
    }

    private void losePower(AuthorityNode node) {
        if (!isUnjudged(node)) {
            blows.losePower(node);
        }
    }

    private void flood() {
        faults.remove(AuthorityFault.FLOOD); // once is enough
        if (faults.isEmpty()) {
            blows.end();
        }
        world.clients().flood();
    }

    // ---- volumes

    private void lose(AuthorityNode node, Action loss) {
        if (!node.isAway() && !isUnjudged(node) && spares.canSpare(node)) {
            node.losePower();
            former.add(node.volume().copy());
            copies.remove(node.address());
            loss.run();
            blows.startLater(node);
        }
    }

    /** Sometimes what was just begun on the empty volume is gone as well, before it was agreed to. */
    private void wipe(AuthorityNode node) {
        lose(node, () -> empty(node));
        if (dice.chance(400)) {
            world.nodes().forEach(blows::slowDown);
            blows.after(dice.between(100, 3_000), () -> lose(node, () -> empty(node)));
        }
    }

    private void empty(AuthorityNode node) {
        NodeId id = dice.chance(500) ? world.mintNode(node.address()) : node.volume().node;
        node.replace(Volume.anew(id, world.mintVolume(), new Proof.None()));
    }

    /** Storage sees that what it has is less than was synced; sometimes the log itself shows it. */
    private void damage(AuthorityNode node) {
        Volume volume = node.volume();
        if (!volume.log.isEmpty() && dice.chance(700)) {
            long first = volume.log.firstKey();
            volume.log.tailMap(dice.between(first, volume.log.lastKey()), true).clear();
        } else {
            volume.hardState = new HardState(Math.max(0, volume.hardState.term() - 1), null);
        }
        volume.damage = new Damage.SyncedLost("what was synced is damaged");
    }

    private @Nullable Volume takeCopy(AuthorityNode node) {
        Volume copy = copies.get(node.address());
        boolean isOfThis = copy != null && copy.id.equals(node.volume().id);
        if (!isOfThis || dice.chance(200)) {
            copies.put(node.address(), node.volume().copy());
            return null;
        }
        return copy;
    }

    /**
     * An older copy goes on only where it can be recognised: by somebody who has seen the volume further, or, where
     * there is no vote to lose, at the registration.
     */
    private void copyOrRestore(AuthorityNode node) {
        Volume copy = takeCopy(node);
        if (copy == null) {
            return;
        }
        VolumeStart last = registered(node);
        boolean isSeen = world.highestSeenOf(copy) > copy.syncedCommit;
        boolean isCounted = last != null && copy.boot + 1 < last.boot() && !isVoter(copy);
        if (isCounted && dice.chance(700)) {
            lose(node, () -> replaceUnseen(node, copy));
        } else if (isSeen) {
            lose(node, () -> {
                node.replace(copy);
                node.start(); // while those who have seen more are there
            });
        }
    }

    /** What is copied now is put back once a later start has registered more, under that start's count. */
    private void rollBack() {
        List<AuthorityNode> others = new ArrayList<>(world.nodes());
        others.removeIf(node -> node.isAway() || isVoter(node.volume()));
        if (others.isEmpty()) {
            return;
        }
        AuthorityNode node = dice.pick(others);
        Volume copy = node.volume().copy();
        blows.after(dice.between(300, 1_500), () -> losePower(node));
        blows.after(dice.between(2_500, 5_000), () -> {
            VolumeStart last = registered(node);
            boolean isOfThis = copy.id.equals(node.volume().id) && !isVoter(copy);
            if (last != null && isOfThis && copy.syncedCommit < last.syncedCommit()) {
                lose(node, () -> {
                    copy.boot = node.volume().boot;
                    replaceUnseen(node, copy);
                });
            }
        });
    }

    private boolean isVoter(Volume volume) {
        return world.checker().latest().voters().contains(volume.node) || spares.isVoter(volume.replica());
    }

    /**
     * Nobody who saw the volume further remembers it, so that only its registration can tell: at its first start, since
     * each further one counts higher.
     */
    private void replaceUnseen(AuthorityNode node, Volume copy) {
        unjudged.put(node.address(), copy);
        world.nodes().forEach(other -> other.volume().seen.remove(copy.id.toString()));
        node.replace(copy);
    }

    private boolean isUnjudged(AuthorityNode node) {
        return node.volume() == unjudged.get(node.address());
    }

    private @Nullable VolumeStart registered(AuthorityNode node) {
        NodeEntry entry = world.checker().latest().node(node.volume().node);
        return entry != null && entry.isOn(node.volume().id) ? entry.registered() : null;
    }

    /** A volume that was given up is put back where it was. */
    private void restoreFormer(AuthorityNode node) {
        for (Volume volume : former) {
            boolean isOfNode = volume.node.equals(node.volume().node) && !volume.id.equals(node.volume().id);
            if (isOfNode && world.checker().isGivenUp(volume.id) && !spares.isVoter(volume.replica())) {
                former.remove(volume);
                lose(node, () -> node.replace(volume));
                return;
            }
        }
    }

    /** A person says that the node's volume is lost, until that is agreed; then it comes back after all. */
    private void giveUp(AuthorityNode node) {
        if (strangers.areAfter(node)) {
            return;
        }
        node.leave();
        declareLost(node);
    }

    private void declareLost(AuthorityNode node) {
        Volume volume = node.volume();
        NodeEntry entry = world.checker().latest().node(volume.node);
        boolean isAgreed = entry != null && (!entry.isOn(volume.id) || !entry.isCurrent());
        if (isAgreed || entry == null) {
            world.schedule().after(dice.between(0L, 2_000_000L), node::comeBack);
            return;
        }
        world.clients().sayLost(dice.pick(world.nodes()), volume);
        world.schedule().after(dice.between(200_000L, 800_000L), () -> declareLost(node));
    }

    // ---- the end of it

    /** Takes every fault back; what is lost stays lost. */
    void stop() {
        blows.end();
        cuts.healAll();
        world.network().becomeCalm();
        for (AuthorityNode node : world.nodes()) {
            node.resume();
            node.slowDisk(1);
            node.start();
        }
    }

    /** All nodes end, and of the voters all but a minority lose their volumes; somebody with a seat is left. */
    AuthorityNode loseMajority() {
        List<NodeId> voters = world.checker().latest().voters();
        List<AuthorityNode> seats = new ArrayList<>(world.nodes());
        seats.removeIf(node -> !voters.contains(node.volume().node));
        world.nodes().forEach(AuthorityNode::leave);
        AuthorityNode survivor = seats.remove(dice.below(seats.size()));
        for (int lost = voters.size() / 2 + 1; lost > 0; lost--) {
            empty(seats.remove(dice.below(seats.size())));
        }
        world.tell("---- the majority is gone, left is " + survivor);
        return survivor;
    }
}
