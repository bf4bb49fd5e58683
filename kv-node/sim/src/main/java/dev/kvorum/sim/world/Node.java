package dev.kvorum.sim.world;

import dev.kvorum.core.membership.Membership;
import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.replication.Standing;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One node: its disk and clock, which outlive it, and the process that runs now, if any. Each process is a life of its
 * own; what was meant for a former life is dropped.
 */
public final class Node implements Victim {

    /** Who stands still for so long may have been replaced as a home meanwhile. */
    private static final long MISSED_US = 500_000;

    private final World world;
    private final int index;
    private final RingNode place;
    private final Dice dice;
    private final Disk disk;
    private final WallClock clock;
    private final long startedMs;
    private final long firstLuck;

    private final Life<Action> life;
    private final Callers callers = new Callers(this);
    private final List<Loop> loops = new ArrayList<>();
    private final Rows rows;
    private Links links;
    private @Nullable Gossiper gossiper;
    private Standing standing = Standing.STARTING;
    private int merged;
    private boolean serving;
    private long pausedUs;
    private boolean wiped;
    private boolean torn;
    private boolean retired;
    private boolean nameless;

    Node(World world, int index, Dice dice, Dice diskLuck) {
        this.world = world;
        this.life = new Life<>(world.schedule(), Action::run);
        this.index = index;
        this.place = world.founding().nodes().get(index);
        this.dice = dice;
        this.disk = new Disk(this, world.settings().disk(), diskLuck);
        WorldSettings.Clocks clocks = world.settings().clocks();
        this.clock = new WallClock(
                dice.between(-clocks.mostOffsetMs(), clocks.mostOffsetMs()),
                dice.between(-clocks.mostDriftPerMillion(), clocks.mostDriftPerMillion()));
        this.startedMs = dice.between(0L, 1_000_000L);
        this.firstLuck = dice.any();
        this.links = new Links(this, world);
        this.rows = new Rows(this, world);
    }

    // ---- what it is

    public int index() {
        return index;
    }

    public NodeId id() {
        return place.id();
    }

    RingNode place() {
        return place;
    }

    public String zone() {
        return place.zone();
    }

    public Ring ring() {
        return rows.current().ring();
    }

    public Rows rows() {
        return rows;
    }

    /** What it goes by. */
    public Decided decided() {
        return rows.current();
    }

    public Standing standing() {
        return standing;
    }

    public Disk disk() {
        return disk;
    }

    public List<Loop> loops() {
        return loops;
    }

    public @Nullable Membership membership() {
        return gossiper == null ? null : gossiper.machine();
    }

    public boolean isWiped() {
        return wiped;
    }

    /** Whether it lost power since it last was complete. */
    public boolean isTorn() {
        return torn;
    }

    boolean isServing() {
        return serving;
    }

    /** Whether a client that knocks is let in. */
    public boolean answers() {
        return serving && !life.isPaused() && standing == Standing.VOTING;
    }

    World world() {
        return world;
    }

    Links links() {
        return links;
    }

    Loop loop(int number) {
        return loops.get(number);
    }

    @Nullable
    Gossiper gossiper() {
        return gossiper;
    }

    int life() {
        return life.number();
    }

    boolean has(ShellFlaw flaw) {
        return world.settings().flaws().shell() == flaw;
    }

    /** The node's monotonic clock. */
    long nowMs() {
        return startedMs + world.schedule().nowMs();
    }

    long wallMs() {
        return clock.wallMs(world.schedule().nowMs());
    }

    // ---- its time

    /** Runs the action in this life of the process, after a pause if it is paused then. */
    void later(long delayUs, Action action) {
        life.after(delayUs, () -> life.take(action));
    }

    void run(int process, Action action) {
        if (life.is(process)) {
            life.take(action);
        }
    }

    @Override
    public void pause() {
        life.pause();
        pausedUs = world.schedule().nowUs();
        world.tell(this, () -> "paused");
    }

    @Override
    public void resume() {
        if (life.isPaused()) {
            world.tell(this, () -> "resumed");
            if (world.schedule().nowUs() - pausedUs >= MISSED_US) {
                loops.forEach(Loop::becomeHomeAnew);
            }
            life.resume();
        }
    }

    public WallClock clock() {
        return clock;
    }

    @Override
    public void slowDisk(int factor) {
        disk.slow(factor);
    }

    // ---- its process

    /** Starts the process; opening the disk takes a while. */
    @Override
    public void start() {
        if (life.isRunning() || retired || nameless) {
            return;
        }
        life.begin();
        links = new Links(this, world);
        world.tell(this, () -> "starts, life " + life.number());
        later(dice.between(5_000L, 800_000L), this::onOpened);
    }

    private void onOpened() {
        disk.onOpened();
        serving = true;
        merged = 0;
        rows.onBegin();
        for (int number = 0; number < world.settings().loops(); number++) {
            loops.add(new Loop(this, world, number, world.replicationConfig(), luck(number)));
        }
        gossiper = new Gossiper(this, world, dice.splitSource());
        loops.forEach(Loop::begin);
        tell(decided().told());
        gossiper.begin();
        links.begin();
        later(dice.chance(200) ? dice.between(0L, 500_000L) : 0, () -> becomeStanding(standingAtStart()));
    }

    private SplittableRandom luck(int loop) {
        return has(ShellFlaw.ACTOR_SURVIVES_RESTART) ? new SplittableRandom(firstLuck + loop) : dice.splitSource();
    }

    private Standing standingAtStart() {
        if (wiped && !has(ShellFlaw.AMNESIAC_VOTES)) {
            return Standing.FENCED;
        }
        return torn && !has(ShellFlaw.TORN_TAIL_VOTES) ? Standing.MERGING : Standing.VOTING;
    }

    private void becomeStanding(Standing next) {
        standing = next;
        world.tell(this, () -> "is " + next);
        tell(new ReplicationInput.StandingChanged(next));
    }

    void onMerged(Loop loop) {
        world.tell(this, () -> "merged a loop");
        if (++merged == loops.size()) {
            torn = false;
            later(0, () -> becomeStanding(Standing.VOTING));
        }
    }

    /** The process says good-bye and coordinates nothing new; whoever asked for it ends it a little later. */
    public void drain() {
        Gossiper control = gossiper;
        if (standing == Standing.VOTING && !life.isPaused() && control != null) {
            becomeStanding(Standing.DRAINING);
            control.leave();
        }
    }

    /** The process ends; its kernel, and what it was handed, stay. */
    @Override
    public void kill() {
        if (life.isRunning()) {
            world.tell(this, () -> "is killed");
            disk.onKilled();
            links.onProcessEnded();
            end();
        }
    }

    /** The process ends, and none is started again. */
    public void retire() {
        retired = true;
        kill();
    }

    /** The machine ends, and with it all that was not synced. */
    @Override
    public void losePower() {
        disk.onPowerLost();
        onMachineEnded("loses power");
    }

    /** The machine ends; a random part of what was not synced is there afterwards. */
    public void tear() {
        disk.onTorn();
        onMachineEnded("loses power, keeps some");
    }

    private void onMachineEnded(String how) {
        world.tell(this, () -> how);
        if (life.isRunning()) {
            links.onMachineEnded();
            end();
        }
        torn = true;
        world.losses().onPowerLost(index);
    }

    /** Its disk is gone for good. */
    public void wipe() {
        kill();
        wiped = true;
        world.losses().onPowerLost(index);
        disk.wipe();
    }

    /** Its volume is gone, and an empty one in its place; nothing starts on that before it {@link #begin begins}. */
    public void loseVolume() {
        kill();
        torn = false;
        nameless = true;
        world.losses().onPowerLost(index);
        disk.wipe();
        world.tell(this, () -> "has an empty volume");
    }

    /** Its new volume is registered, as this says. */
    public void begin(Decided registered) {
        nameless = false;
        rows.begin(registered);
        start();
    }

    private void end() {
        life.end();
        serving = false;
        standing = Standing.STARTING;
        loops.clear();
        gossiper = null;
        callers.cutOff();
    }

    /** The disk refused a sync: nothing after it can be trusted, so the node fences itself and its process ends. */
    void onFailedSync() {
        becomeStanding(Standing.FENCED);
        later(dice.between(1_000L, 50_000L), () -> {
            kill();
            world.schedule().after(dice.between(100_000L, 2_000_000L), this::start);
        });
    }

    // ---- its surroundings

    void tell(ReplicationInput input) {
        loops.forEach(loop -> loop.step(input));
    }

    /** The disk takes nothing more; the process notices a little later. */
    public void fillDisk() {
        disk.fill();
        later(dice.between(0L, 300_000L), this::tellOfDisk);
    }

    public void freeDisk() {
        disk.free();
        later(0, this::tellOfDisk);
    }

    private void tellOfDisk() {
        tell(disk.isFull() ? new ReplicationInput.DiskFull() : new ReplicationInput.DiskFreed());
    }

    public void breakLinks(int peer) {
        if (serving && !life.isPaused()) {
            links.breakLinks(peer);
        }
    }

    // ---- its clients

    /** A client asks; it is answered once, with null when the connection broke first. */
    public void submit(ClientRequest request, Consumer<@Nullable ClientReply> client) {
        callers.submit(request, client);
    }

    void reply(long requestId, ClientReply reply) {
        callers.answer(requestId, reply);
    }

    @Override
    public String toString() {
        return "node " + index;
    }
}
