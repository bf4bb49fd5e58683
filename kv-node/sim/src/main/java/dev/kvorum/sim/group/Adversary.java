package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.sim.course.Blows;
import dev.kvorum.sim.world.Cuts;
import dev.kvorum.sim.world.Dice;
import java.util.List;

/** Strikes that chance seldom brings about: each at whoever leads, in the moment in which a mistake would show. */
final class Adversary {

    private static final int MOST_HAND_OVERS = 20;

    private final GroupWorld world;
    private final Steward steward;
    private final GroupClients clients;
    private final Dice dice;
    private final Blows blows;
    private final Cuts cuts;

    Adversary(GroupWorld world, Steward steward, GroupClients clients, Dice dice) {
        this.world = world;
        this.steward = steward;
        this.clients = clients;
        this.dice = dice;
        blows = new Blows(world.schedule(), dice);
        cuts = new Cuts(world.network(), world.schedule(), world.nodes().size(), dice.split());
    }

    private List<GroupNode> leaders() {
        return world.nodes().stream().filter(GroupNode::leads).toList();
    }

    /**
     * A leader that stands still until another has taken over is asked to read before anything else, and then hears
     * what the others answered while it led.
     */
    void readFromStale() {
        if (leaders().isEmpty()) {
            return;
        }
        GroupNode leader = dice.pick(leaders());
        world.mail().hold(leader.index());
        blows.after(dice.between(20, 400), () -> {
            leader.pause();
            cuts.apart(only(leader));
        });
        blows.after(dice.between(1_000, 5_000), () -> {
            if (leader.isPaused()) {
                clients.readAllFrom(leader);
                leader.resume();
            }
            world.mail().release(leader.index());
        });
    }

    private boolean[] only(GroupNode node) {
        boolean[] side = new boolean[world.nodes().size()];
        side[node.index()] = true;
        return side;
    }

    /** A leader goes on for a while with too few others, and is made to lead again once it has been replaced. */
    void reelect() {
        if (leaders().isEmpty()) {
            return;
        }
        GroupNode leader = dice.pick(leaders());
        boolean[] side = only(leader);
        for (int others = (side.length - 1) / 2 - 1; others > 0; others--) {
            side[dice.below(side.length)] = true;
        }
        cuts.apart(side);
        handOverTo(leader, MOST_HAND_OVERS);
    }

    private void handOverTo(GroupNode wanted, int tries) {
        blows.after(dice.between(200, 1_000), () -> {
            if (tries == 0 || (tries < MOST_HAND_OVERS && wanted.leads())) {
                return;
            }
            ReplicaId to = wanted.id();
            leaders().stream().filter(other -> other != wanted).forEach(other -> steward.handOver(other, to));
            handOverTo(wanted, tries - 1);
        });
    }

    void stop() {
        blows.end();
        cuts.healAll();
        world.mail().releaseAll();
    }
}
