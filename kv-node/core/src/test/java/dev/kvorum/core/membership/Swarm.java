package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipInput.Leave;
import dev.kvorum.core.membership.MembershipInput.ProfileChanged;
import dev.kvorum.core.membership.MembershipInput.ScoreChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One seed: draws how large the world is and which faults exist in it, lets them happen for a while, heals
 * everything, and demands that all live nodes come to hold the same.
 */
final class Swarm {

    /** What can go wrong; each seed draws a few of these. */
    enum Fault {
        LOSS,
        DUPLICATION,
        DELAY,
        PAUSE,
        PARTITION,
        ONE_WAY,
        BROKEN_LINKS,
        CRASH,
        MOVE,
        TAKEN_ADDRESS,
        LEAVE,
        SCORE
    }

    static final long SETTLE_MS = 15_000;
    static final long HEAL_MS = 30_000;
    private static final long QUIET_MS = 15_000;

    /** A crash just before healing is found by nodes that have just learned to be careful, and takes its time. */
    private static final long BURY_MS = 60_000;

    /**
     * What a seed showed.
     *
     * @param convergedMs how long after healing all live nodes held the same
     * @param story a hash of all packets
     */
    record Outcome(Set<Fault> faults, long convergedMs, long virtualMs, long story) {}

    private final long seed;
    private final SplittableRandom plan;
    private final World world;
    private final TreeSet<Fault> faults = new TreeSet<>();
    private final int size;
    private int addresses;

    Swarm(long seed, Set<MembershipFlaw> flaws) {
        this.seed = seed;
        plan = new SplittableRandom(seed);
        size = drawSize();
        world = new World(seed, MembershipConfig.standard().withFlaws(flaws), size);
        world.throughTheCodec = seed % 8 == 0;
        world.bufferBeforeTick = plan.nextBoolean();
        drawFaults();
    }

    Outcome run() {
        long startMs = world.nowMs;
        for (SimNode node : world.nodes) {
            world.at(startMs + plan.nextInt(3_000), () -> world.start(node));
        }
        if (plan.nextInt(4) == 0) {
            SimNode foreigner = world.addForeigner();
            world.at(startMs + 1_000, () -> world.start(foreigner));
        }
        world.checks.nothingWrong = true;
        world.runUntil(startMs + SETTLE_MS);
        demand(agreed(), "no common view " + SETTLE_MS + " ms after the start");
        world.checks.nothingWrong = faults.isEmpty() || isOneBrokenLink();
        world.checks.onlyPauses = faults.size() == 1 && faults.contains(Fault.PAUSE);
        wreak(plan.nextInt(20_000, 70_000));
        heal();
        long convergedMs = converge();
        beQuiet();
        return new Outcome(faults, convergedMs, world.nowMs - startMs, world.checks.story());
    }

    private int drawSize() {
        return switch (plan.nextInt(20)) {
            case 0 -> plan.nextInt(20, 61);
            case 1, 2, 3 -> plan.nextInt(9, 20);
            default -> plan.nextInt(3, 9);
        };
    }

    private void drawFaults() {
        if (plan.nextInt(10) == 0) {
            return;
        }
        Fault[] all = Fault.values();
        for (int count = plan.nextInt(1, 5); count > 0; count--) {
            faults.add(all[plan.nextInt(all.length)]);
        }
    }

    private boolean isOneBrokenLink() {
        return faults.size() == 1 && faults.contains(Fault.BROKEN_LINKS);
    }

    private void wreak(long forMs) {
        if (faults.contains(Fault.LOSS)) {
            world.lossPerMille = plan.nextInt(1, 301);
        }
        if (faults.contains(Fault.DUPLICATION)) {
            world.duplicationPerMille = plan.nextInt(1, 301);
        }
        if (faults.contains(Fault.DELAY)) {
            world.slowPerMille = plan.nextInt(1, 300);
            world.slowestMs = 1 << plan.nextInt(4, 14);
        }
        long untilMs = world.nowMs + forMs;
        List<Fault> acts = faults.stream().filter(Swarm::isAnAct).toList();
        while (world.nowMs < untilMs && !acts.isEmpty()) {
            act(acts.get(plan.nextInt(acts.size())), world.nowMs < untilMs - forMs / 2);
            world.runUntil(Math.min(untilMs, world.nowMs + (1L << plan.nextInt(8, 14))));
        }
        world.runUntil(untilMs);
    }

    private static boolean isAnAct(Fault fault) {
        return fault != Fault.LOSS && fault != Fault.DUPLICATION && fault != Fault.DELAY;
    }

    private void act(Fault fault, boolean early) {
        switch (fault) {
            case PAUSE -> someone(this::isRunning, node -> world.pause(node, logUniformMs(100, 60_000)));
            case PARTITION, ONE_WAY, BROKEN_LINKS -> partition(fault);
            case CRASH -> crash(early, node -> {});
            case MOVE -> crash(false, this::maybeMove);
            case TAKEN_ADDRESS -> takeAddress();
            case LEAVE -> leave();
            case SCORE -> someone(SimNode::isUp, this::changeItself);
            case LOSS, DUPLICATION, DELAY -> {}
        }
    }

    private void changeItself(SimNode node) {
        if (plan.nextBoolean()) {
            world.input(node, new ScoreChanged(plan.nextInt(101)));
        } else {
            maybeMove(node);
            world.input(node, new ProfileChanged(node.profile()));
        }
    }

    /** Half of the nodes stay where the bootstrap document says: if all moved at once, nobody could find anybody. */
    private void maybeMove(SimNode node) {
        if (!isAnchor(node)) {
            world.move(node, "moved-" + ++addresses);
        }
    }

    private boolean isAnchor(SimNode node) {
        return node.number > size / 2;
    }

    private void partition(Fault kind) {
        world.healLinks();
        TreeSet<Integer> side = new TreeSet<>();
        for (int number = 1; number <= size; number++) {
            if (plan.nextBoolean()) {
                side.add(number);
            }
        }
        int one = plan.nextInt(size);
        int other = (one + 1 + plan.nextInt(size - 1)) % size;
        switch (kind) {
            case PARTITION -> {
                cut(side, true);
                if (plan.nextInt(3) == 0) {
                    world.runUntil(world.nowMs + 40_000); // long enough for each side to bury the other
                }
            }
            case ONE_WAY -> cut(side, false);
            default -> {
                world.cut(world.nodes.get(one), world.nodes.get(other));
                if (plan.nextBoolean()) {
                    world.cut(world.nodes.get(other), world.nodes.get(one));
                }
            }
        }
    }

    private void cut(Set<Integer> side, boolean bothWays) {
        for (SimNode from : world.nodes) {
            for (SimNode to : world.nodes) {
                boolean leaves = side.contains(from.number) && !side.contains(to.number);
                boolean enters = !side.contains(from.number) && side.contains(to.number);
                if (leaves || (enters && bothWays)) {
                    world.cut(from, to);
                }
            }
        }
    }

    private void crash(boolean mayBeForGood, Consumer<SimNode> whileDown) {
        someone(SimNode::isUp, node -> {
            world.stop(node);
            whileDown.accept(node);
            if (mayBeForGood && plan.nextInt(3) == 0 && !isAnchor(node)) {
                node.gone = true;
            } else {
                restartAfter(node, logUniformMs(200, 60_000));
            }
        });
    }

    /** A node crashes for good, and another one, which restarts, finds itself at its address. */
    private void takeAddress() {
        someone(node -> node.isUp() && !isAnchor(node), victim -> {
            world.stop(victim);
            victim.gone = true;
            someone(node -> node.isUp() && !isAnchor(node), heir -> {
                world.stop(heir);
                world.move(heir, victim.host);
                restartAfter(heir, logUniformMs(200, 5_000));
            });
        });
    }

    private void leave() {
        someone(this::isRunning, node -> {
            world.input(node, new Leave());
            node.gone = !isAnchor(node) && plan.nextBoolean();
            int life = node.life;
            world.at(world.nowMs + 3_000, () -> {
                if (node.life == life) {
                    world.stop(node);
                }
            });
            if (!node.gone) {
                restartAfter(node, 3_000 + logUniformMs(200, 60_000));
            }
        });
    }

    private boolean isRunning(SimNode node) {
        return node.isUp() && !node.paused;
    }

    private void restartAfter(SimNode node, long ms) {
        int life = node.life;
        world.at(world.nowMs + ms, () -> {
            if (node.life == life && !node.isUp()) {
                world.start(node);
            }
        });
    }

    private void someone(Predicate<SimNode> which, Consumer<SimNode> what) {
        List<SimNode> candidates = new ArrayList<>();
        for (SimNode node : world.nodes) {
            if (node.cluster.equals(World.CLUSTER) && !node.gone && which.test(node)) {
                candidates.add(node);
            }
        }
        if (!candidates.isEmpty()) {
            what.accept(candidates.get(plan.nextInt(candidates.size())));
        }
    }

    private long logUniformMs(long least, long most) {
        long top = least;
        while (top < most && plan.nextInt(6) != 0) {
            top *= 2;
        }
        return plan.nextLong(least, Math.min(most, top) + 1);
    }

    private void heal() {
        world.calm();
        for (SimNode node : world.nodes) {
            if (node.paused) {
                world.wake(node);
            }
            if (node.gone && node.isUp()) {
                world.stop(node);
            }
            if (!node.gone && !isServing(node)) {
                world.stop(node);
                world.start(node);
            }
        }
    }

    private static boolean isServing(SimNode node) {
        Membership machine = node.machine;
        return machine != null && machine.view().member(node.id).orElseThrow().state() == MemberState.ALIVE;
    }

    private long converge() {
        long healedMs = world.nowMs;
        while (!agreed()) {
            long sinceMs = world.nowMs - healedMs;
            demand(
                    sinceMs < HEAL_MS || quarrel(SimNode::isUp).isEmpty(),
                    "no common view of the living " + sinceMs + " ms after healing: " + quarrel(SimNode::isUp));
            demand(
                    sinceMs < BURY_MS,
                    "the fallen still count " + sinceMs + " ms after healing: " + quarrel(all -> true));
            world.runUntil(world.nowMs + 250);
        }
        return world.nowMs - healedMs;
    }

    /** Once all is told, nothing is repeated, and nobody changes their mind about who lives. */
    private void beQuiet() {
        for (int tries = 0; tries < 6; tries++) {
            world.runUntil(world.nowMs + QUIET_MS);
            demand(agreed(), "the common view was lost again: " + quarrel(all -> true));
            long told = world.checks.pureGossipSent;
            world.runUntil(world.nowMs + 2_000);
            if (world.checks.pureGossipSent == told) {
                return; // else there may have been news: dead for one was gone for good for another
            }
        }
        demand(false, "gossip goes on although there is no news");
    }

    private boolean agreed() {
        return quarrel(all -> true).isEmpty();
    }

    /** The first difference among the views of live nodes, or nothing. */
    private String quarrel(Predicate<SimNode> about) {
        List<SimNode> live = world.live();
        for (SimNode observer : live) {
            MemberView view = observer.view();
            for (SimNode subject : world.nodes) {
                boolean counts = subject.cluster.equals(World.CLUSTER) && about.test(subject);
                String wrong = counts ? difference(view, subject) : "";
                if (!wrong.isEmpty()) {
                    return observer + " holds " + wrong;
                }
            }
        }
        return "";
    }

    private String difference(MemberView view, SimNode subject) {
        Member held = view.members().get(subject.id);
        if (subject.isUp()) {
            Member word = subject.view().members().get(subject.id);
            boolean same = held != null
                    && word != null
                    && held.state() == word.state()
                    && held.incarnation() == word.incarnation()
                    && held.score() == word.score()
                    && held.profile().equals(word.profile());
            return same ? "" : held + " where the node says " + word;
        }
        boolean gone = held == null || held.state() == MemberState.DEAD || held.state() == MemberState.LEFT;
        return gone ? "" : held + ", which is down";
    }

    private void demand(boolean holds, String what) {
        if (!holds) {
            throw new Checks.Broken("seed " + seed + ", " + size + " nodes, " + faults + ": " + what);
        }
    }
}
