package dev.kvorum.sim.swarm;

import dev.kvorum.core.replication.Standing;
import dev.kvorum.sim.course.Blows;
import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Cuts;
import dev.kvorum.sim.world.Decided;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Node;
import dev.kvorum.sim.world.World;
import java.util.ArrayList;
import java.util.List;

/** Strikes at random times, with whatever its seed allows, until it is told to stop. */
public final class Chaos {

    private static final int REST_AFTER_COLD_START_MS = 3_000;

    private final World world;
    private final RunSettings settings;
    private final Dice dice;
    private final Blows blows;
    private final Cuts cuts;
    private final Oracle oracle;
    private final List<Fault> faults;
    private boolean somebodyIsCold;
    private int strikes;
    private int wipes;

    public Chaos(World world, RunSettings settings, Dice dice) {
        this.world = world;
        this.settings = settings;
        this.dice = dice;
        this.blows = new Blows(world.schedule(), dice);
        this.cuts = new Cuts(world.network(), world.schedule(), world.nodes().size(), dice.split());
        this.oracle = decidesRows() ? new RowOracle(world, dice.split()) : new RingOracle(world, dice.split());
        this.faults = new ArrayList<>(settings.faults());
    }

    /** How often it struck. */
    public int strikes() {
        return strikes;
    }

    /** What was decided last. */
    public Decided newest() {
        return oracle.newest();
    }

    /** Whether replicas may turn incomplete. */
    public boolean decidesRows() {
        return settings.faults().contains(Fault.NEW_VOLUME);
    }

    /** Before which instant what is begun may be lost, since that was accepted; 0 when nothing was. */
    public long excusedUntilUs(int shard) {
        return oracle.excusedUntilUs(shard);
    }

    public void onSettled(Node node, long epoch) {
        oracle.onSettled(node, epoch);
    }

    /** Whether every barrier has passed. */
    public boolean isSettled() {
        return oracle.isSettled();
    }

    public void begin() {
        if (!faults.isEmpty()) {
            blows.repeat(settings.strikeMostMs(), this::strikeSomebody);
        }
    }

    private void strikeSomebody() {
        strikes++;
        Fault fault = dice.pick(faults);
        Node node = dice.pick(world.nodes());
        world.tellClient(() -> "---- " + fault + " " + node);
        strike(fault, node);
    }

    private void strike(Fault fault, Node node) {
        switch (fault) {
            case KILL, KILL_ALL -> kill(fault, node);
            case COLD_START -> coldStart(node);
            case DRAIN -> drain(node);
            case POWER -> nowOrWhileSyncing(node, () -> blows.losePower(node));
            case TORN -> nowOrWhileSyncing(node, () -> tear(node));
            case POWER_ALL -> nowOrWhileSyncing(node, () -> world.nodes().forEach(this::losePowerOrTear));
            case PAUSE -> pause(node);
            case SPLIT -> cuts.split();
            case ONE_WAY -> cuts.oneWay(node.index());
            case BRIDGE -> cuts.bridge();
            case ZONE -> cuts.apart(zoneOf(node));
            case FLAP -> cuts.flap(node.index());
            case CLOG -> cuts.clog(node.index());
            case BREAK_LINK -> node.breakLinks(dice.below(world.nodes().size()));
            case SLOW_DISK -> blows.slowDown(node);
            case FULL_DISK -> fill(node);
            case FAILED_SYNC -> node.disk().failNextSync();
            case FAILED_READS -> failReads(node, dice.of(20, 200, 1_000), dice.between(50, 2_000));
            case WIPE -> wipe(node);
            case CLOCK_JUMP -> node.clock().jump(dice.between(-60_000L, 60_000L));
            case NEW_ENTRY, NEW_VOLUME, NEW_BUCKET, NEW_LEVELS, ACCEPT_LOSS -> oracle.strike(fault, node);
        }
    }

    private boolean[] zoneOf(Node node) {
        boolean[] zone = new boolean[world.nodes().size()];
        for (Node other : world.nodes()) {
            zone[other.index()] = other.zone().equals(node.zone());
        }
        return zone;
    }

    private void kill(Fault fault, Node node) {
        List<Node> victims = fault == Fault.KILL_ALL ? world.nodes() : List.of(node);
        nowOrWhileSyncing(node, () -> victims.forEach(this::killAndStart));
    }

    /** What a crash takes depends on what was on its way to the disk, and syncs are short. */
    private void nowOrWhileSyncing(Node node, Action crash) {
        if (dice.chance(500)) {
            crash.run();
        } else {
            node.disk().surprise(() -> {
                if (!blows.areOver()) {
                    crash.run();
                }
            });
        }
    }

    private void drain(Node node) {
        node.drain();
        blows.after(dice.between(0, 3_000), () -> killAndStart(node));
    }

    /** What the kernel kept of a killed process may go with the machine before anybody synced it. */
    private void killAndStart(Node node) {
        node.kill();
        blows.startLater(node);
        if (settings.faults().contains(Fault.POWER) && dice.chance(200)) {
            blows.after(dice.between(500, 2_000), () -> blows.losePower(node));
        }
    }

    /** Quorums survive one that warms up, so the next is struck only when all are complete. */
    private void coldStart(Node node) {
        if (!somebodyIsCold && world.nodes().stream().allMatch(Node::answers)) {
            somebodyIsCold = true;
            node.kill();
            blows.after(dice.between(0, 3_000), () -> {
                node.start();
                standStill(node, dice.between(1, 8));
            });
        }
    }

    private void standStill(Node node, int times) {
        if (times == 0) {
            blows.after(REST_AFTER_COLD_START_MS, () -> somebodyIsCold = false);
            return;
        }
        blows.after(dice.between(20, dice.of(300, 1_500)), () -> {
            node.pause();
            blows.after(dice.between(50, 1_200), () -> {
                node.resume();
                standStill(node, times - 1);
            });
        });
    }

    /** Who has to merge from others may find that none of them can read. */
    private void tear(Node node) {
        node.tear();
        blows.startLater(node);
        if (settings.faults().contains(Fault.FAILED_READS) && dice.chance(500)) {
            int forMs = dice.between(500, 2_000);
            world.nodes().forEach(other -> failReads(other, 1_000, forMs));
        }
    }

    private void losePowerOrTear(Node node) {
        if (dice.chance(300)) {
            tear(node);
        } else {
            blows.losePower(node);
        }
    }

    private void pause(Node node) {
        node.pause();
        long forMs = dice.of(300, 800, 1_500, 5_000, 30_000, 120_000);
        blows.after(dice.between(forMs / 2, forMs), node::resume);
    }

    private void fill(Node node) {
        node.fillDisk();
        blows.after(dice.between(100, 5_000), node::freeDisk);
    }

    private void failReads(Node node, int perMille, int forMs) {
        node.disk().failReads(perMille);
        blows.after(forMs, () -> node.disk().failReads(0));
    }

    /** No more disks than a write survives. */
    private void wipe(Node node) {
        if (wipes + 1 < settings.world().write() && !node.isWiped()) {
            wipes++;
            node.wipe();
            blows.startLater(node);
        }
    }

    /** Tells the newest ring to all nodes but one, which must find out. */
    public void tellRing() {
        oracle.tellAllBut(dice.pick(world.nodes()));
    }

    /** Takes every fault back; what is lost stays lost. */
    public void stop() {
        blows.end();
        cuts.healAll();
        world.network().becomeCalm();
        for (Node node : world.nodes()) {
            node.resume();
            node.disk().heal();
            node.freeDisk();
            node.clock().correct();
            if (node.standing() == Standing.DRAINING) {
                node.kill();
            }
            node.start();
        }
        oracle.finish();
    }
}
