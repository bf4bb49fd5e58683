package dev.kvorum.sim.group;

import dev.kvorum.sim.course.Blows;
import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Cuts;
import dev.kvorum.sim.world.Dice;
import java.util.ArrayList;
import java.util.List;

/** Strikes at random times, with whatever its seed allows, until it is told to stop. */
final class GroupChaos {

    private final GroupWorld world;
    private final Steward steward;
    private final Adversary adversary;
    private final Dice dice;
    private final Blows blows;
    private final Cuts cuts;
    private final List<GroupFault> faults;

    GroupChaos(GroupWorld world, Steward steward, Adversary adversary, Dice dice) {
        this.world = world;
        this.steward = steward;
        this.adversary = adversary;
        this.dice = dice;
        blows = new Blows(world.schedule(), dice);
        int nodes = world.nodes().size();
        cuts = new Cuts(world.network(), world.schedule(), nodes, dice.split());
        faults = new ArrayList<>(world.settings().faults());
    }

    void begin() {
        if (!faults.isEmpty()) {
            blows.repeat(world.settings().strikeMostMs(), this::strike);
        }
    }

    private void strike() {
        GroupFault fault = dice.pick(faults);
        GroupNode node = dice.pick(world.nodes());
        world.tell("---- " + fault + " " + node);
        strike(fault, node);
    }

    private void strike(GroupFault fault, GroupNode node) {
        switch (fault) {
            case KILL -> blows.kill(node);
            case POWER -> blows.losePower(node);
            case POWER_ALL -> world.nodes().forEach(blows::losePower);
            case PAUSE -> blows.pause(node);
            case SPLIT -> cuts.split();
            case ONE_WAY -> cuts.oneWay(node.index());
            case BRIDGE -> cuts.bridge();
            case CLOG -> cuts.clog(node.index());
            case SLOW_DISK -> blows.slowDown(node);
            case DAMAGE -> lose(node, node::damage);
            case WIPE -> lose(node, node::wipe);
            case OLD_COPY -> copyOrRestore(node);
            case HAND_OVER -> world.nodes().stream().filter(GroupNode::leads).forEach(steward::handOver);
            case NEW_VOTERS -> steward.wantOthers();
            case CLOCK_JUMP -> node.jump(dice.between(1, 5_000));
            case STALE_LEADER -> adversary.readFromStale();
            case REELECTION -> adversary.reelect();
            case REPLAY -> world.mail().replay(node.index());
        }
    }

    private void copyOrRestore(GroupNode node) {
        if (!node.hasCopy()) {
            node.takeCopy();
        } else {
            lose(node, node::restoreCopy);
        }
    }

    private void lose(GroupNode node, Action loss) {
        if (steward.canSpare(node)) {
            loss.run();
            blows.startLater(node);
        }
    }

    /** Takes every fault back; some nodes that a majority can spare stay dead, and what is lost stays lost. */
    void stop() {
        blows.end();
        adversary.stop();
        cuts.healAll();
        world.network().becomeCalm();
        for (GroupNode node : world.nodes()) {
            node.resume();
            node.slowDisk(1);
            if (dice.chance(150) && steward.canSpare(node)) {
                node.losePower();
                steward.onDead(node);
            } else {
                node.start();
            }
        }
    }
}
