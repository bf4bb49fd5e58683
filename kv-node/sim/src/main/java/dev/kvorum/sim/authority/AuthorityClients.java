package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.Cause;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.CommandId;
import dev.kvorum.core.authority.Submission;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.sim.world.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operators and people. Half of them ask at a node's door, and the node cares for the rest; the others keep the
 * command's id themselves, and bring it to one node after the other until somebody answers.
 */
final class AuthorityClients {

    private static final int MOST_TRIES = 12;
    private static final int SERVED = 3;
    private static final int FLOOD = 1_100;
    private static final int FLOOD_AT_ONCE = 20;

    private final AuthorityWorld world;
    private final Dice dice;
    private final Wishes wishes;
    private final NodeId self = new NodeId(1, 1, AuthorityWorld.FIRST_CLIENT);
    private final Map<CommandId, Errand> errands = new HashMap<>();
    private long lastTicket;
    private int sinceHealed;
    private boolean stopped;

    AuthorityClients(AuthorityWorld world, Dice dice) {
        this.world = world;
        this.dice = dice;
        wishes = new Wishes(world, dice.split());
    }

    void begin() {
        for (int client = 0; client < world.settings().clients(); client++) {
            think();
        }
    }

    private void think() {
        world.schedule().after(dice.between(10_000L, 600_000L), () -> {
            if (!stopped) {
                if (dice.chance(500)) {
                    submit(dice.pick(world.nodes()), wishes.draw());
                } else {
                    new Errand(wishes.session(), wishes.draw()).go();
                }
                think();
            }
        });
    }

    void stop() {
        stopped = true;
    }

    void countFromNow() {
        sinceHealed = 0;
    }

    boolean areServed() {
        return sinceHealed >= SERVED;
    }

    /** A person's word, brought to the door of a node that is up. */
    void submit(AuthorityNode node, Command command) {
        if (node.isUp()) {
            long ticket = ++lastTicket;
            world.checker().onBegin(ticket);
            boolean isWord = command instanceof Command.DeclareLost || command instanceof Command.Recover;
            node.submit(ticket, isWord ? 0 : wishes.session(), command);
        }
    }

    /** A person's word at a node's door that a volume is gone for good. */
    void sayLost(AuthorityNode node, Volume volume) {
        submit(node, new Command.DeclareLost(volume.node, volume.id, Cause.PERSON));
    }

    void onAnswered(long ticket, long index, Answer answer) {
        if (world.checker().onAnswered(ticket, index, answer)) {
            sinceHealed++;
            wishes.onAnswer(answer);
        }
    }

    void receive(AuthorityMessage message) {
        switch (message) {
            case AuthorityMessage.Reply(CommandId id, long index, Answer answer) -> {
                Errand errand = errands.get(id);
                if (errand != null) {
                    errand.isAnswered = true;
                    onAnswered(errand.ticket, index, answer);
                }
            }
            case AuthorityMessage.NotLeader(CommandId id, NodeId leader) -> {
                Errand errand = errands.get(id);
                if (errand != null) {
                    errand.hint = leader;
                }
            }
            case AuthorityMessage.Forward ignored -> {}
            case AuthorityMessage.WhoAreYou ignored -> {}
            case AuthorityMessage.IAm ignored -> {}
        }
    }

    /** So many commands that the first are forgotten, and then the first once more. */
    void flood() {
        List<Errand> first = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            first.add(new Errand(0, new Command.OpenSession("flooder-" + i)));
        }
        first.forEach(Errand::go);
        flood(first, 0);
    }

    private void flood(List<Errand> first, int sent) {
        world.schedule().after(30_000, () -> {
            boolean isEnough = world.checker().remembered() > FLOOD || sent > 4 * FLOOD;
            if (stopped || isEnough) {
                first.forEach(Errand::ask);
                return;
            }
            for (int i = 0; i < FLOOD_AT_ONCE; i++) {
                new Errand(0, wishes.setting()).askLeader();
            }
            flood(first, sent + FLOOD_AT_ONCE);
        });
    }

    /** A command on its way from node to node. */
    private final class Errand {

        private final long ticket = ++lastTicket;
        private final Submission submission;
        private @Nullable NodeId hint;
        private boolean isAnswered;
        private int tries;

        Errand(long session, Command command) {
            CommandId id = new CommandId(dice.any(), dice.any());
            submission = new Submission(id, world.checker().highestAnswered(), session, command);
            errands.put(id, this);
            world.checker().onBegin(ticket);
        }

        /** Asks until there is an answer, and now and then once more. */
        void go() {
            if (++tries > MOST_TRIES || (isAnswered && !dice.chance(300))) {
                return;
            }
            ask();
            world.schedule().after(dice.between(100_000L, 900_000L), this::go);
        }

        void ask() {
            NodeId known = hint;
            hint = null;
            NodeId to = known != null && dice.chance(700)
                    ? known
                    : dice.pick(world.nodes()).volume().node;
            world.sendFromOutside(self, to, new AuthorityMessage.Forward(submission));
        }

        void askLeader() {
            for (AuthorityNode node : world.nodes()) {
                if (node.leads()) {
                    world.sendFromOutside(self, node.volume().node, new AuthorityMessage.Forward(submission));
                }
            }
        }
    }
}
