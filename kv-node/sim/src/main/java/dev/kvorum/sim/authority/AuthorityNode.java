package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.Arrival;
import dev.kvorum.core.authority.Authority;
import dev.kvorum.core.authority.AuthorityEffect;
import dev.kvorum.core.authority.AuthorityInput;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.AuthorityTrace;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.Proof;
import dev.kvorum.core.authority.RefusalCode;
import dev.kvorum.core.authority.Start;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.node.AuthorityGroup;
import dev.kvorum.core.node.AuthorityGroupEffect;
import dev.kvorum.core.node.AuthorityGroupInput;
import dev.kvorum.core.node.AuthorityGroupWrite;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Life;
import dev.kvorum.sim.world.Victim;
import org.jspecify.annotations.Nullable;

/** One address with a volume in it, and the process that lives there: a shell around log and authority. */
final class AuthorityNode implements Victim {

    private final AuthorityWorld world;
    private final int address;
    private final Dice dice;
    private final VolumeDisk disk;
    private final Life<AuthorityGroupInput> life;
    private Volume volume;
    private @Nullable AuthorityGroup group;
    private boolean registered;
    private boolean away;
    private long clockAheadMs;
    private long settledEpoch;
    private String waits = "for an answer";

    AuthorityNode(AuthorityWorld world, int address, Volume volume, Dice dice) {
        this.world = world;
        this.address = address;
        this.volume = volume;
        this.dice = dice;
        life = new Life<>(world.schedule(), this::step);
        disk = new VolumeDisk(this, world.settings().syncMostUs(), dice.split());
    }

    int address() {
        return address;
    }

    Volume volume() {
        return volume;
    }

    VolumeDisk disk() {
        return disk;
    }

    boolean isUp() {
        return group != null;
    }

    boolean isRegistered() {
        return group != null && registered;
    }

    /** Null while the process is down. */
    @Nullable
    AuthorityGroup group() {
        return group;
    }

    /** Whether it believes to lead, and runs. */
    boolean leads() {
        return group != null && !life.isPaused() && group.log().role() == Role.LEADER;
    }

    /** Nobody starts a process here until it is brought back. */
    boolean isAway() {
        return away;
    }

    private long nowMs() {
        return 1_000_000 + world.schedule().nowMs() + clockAheadMs;
    }

    // ---- life

    @Override
    public void start() {
        if (group != null || away) {
            return;
        }
        life.begin();
        volume.boot++;
        if (world.highestSeenOf(volume) > volume.syncedCommit) {
            world.tell(this + " is an older copy than others have seen");
            becomeAnew(new Proof.None());
            volume.boot++;
        }
        registered = false;
        settledEpoch = 0;
        world.checker().onStart(toString(), volume);
        world.checker().log().onStart(address, volume);
        AuthorityGroup begun = process();
        group = begun;
        begun.begin(nowMs(), volume.saved(), volume.damage, this::perform);
        laterInThisLife(dice.between(0L, AuthorityGroup.TICK_MS * 1_000L), this::tick);
    }

    private AuthorityGroup process() {
        return new AuthorityGroup(
                new Consensus(0, volume.replica(), world.settings().log(), dice.splitSource()),
                new Authority(
                        arrival(),
                        world.document(),
                        volume.state,
                        world.settings().authority(),
                        dice.splitSource()));
    }

    private Arrival arrival() {
        RingNode place = AuthorityWorld.place(address);
        RingNode self =
                new RingNode(volume.node, place.name(), place.zone(), place.weight(), place.host(), place.ports());
        VolumeStart counted = new VolumeStart(volume.id, volume.boot, dice.any(), volume.syncedCommit);
        Start start = new Start(AuthorityWorld.CLUSTER, 1, self, counted, 1);
        return volume.anew ? new Arrival.Anew(start, volume.proof) : new Arrival.Kept(start);
    }

    @Override
    public void kill() {
        if (group != null) {
            end();
            disk.tear();
        }
    }

    @Override
    public void losePower() {
        if (group != null) {
            end();
            disk.crash(0);
        }
    }

    private void end() {
        life.end();
        group = null;
    }

    @Override
    public void pause() {
        life.pause();
    }

    @Override
    public void resume() {
        life.resume();
    }

    @Override
    public void slowDisk(int factor) {
        disk.slow(factor);
    }

    void jump(long aheadMs) {
        clockAheadMs += aheadMs;
    }

    /** The process ends, and nobody starts it again until it is brought back. */
    void leave() {
        losePower();
        away = true;
    }

    void comeBack() {
        away = false;
        start();
    }

    // ---- volumes

    /** The process ends, and another volume is there. */
    void replace(Volume other) {
        losePower();
        volume = other;
    }

    private void becomeAnew(Proof because) {
        volume = Volume.anew(volume.node, world.mintVolume(), because);
    }

    private void comeAgain(Volume other) {
        laterInThisLife(1_000, () -> {
            replace(other);
            start();
        });
    }

    // ---- inputs

    void laterInThisLife(long us, Action action) {
        life.after(us, action);
    }

    private void tick() {
        input(new AuthorityGroupInput.Tick());
        if (dice.chance(50)) {
            input(new AuthorityGroupInput.MembersChanged(new AuthorityInput.MembersChanged(world.alive())));
        }
        laterInThisLife(AuthorityGroup.TICK_MS * 1_000L, this::tick);
    }

    void receive(ConsensusPacket packet, String sender, long senderSynced) {
        if (group != null) {
            volume.seen.merge(sender, senderSynced, Math::max);
            input(new AuthorityGroupInput.PacketReceived(packet));
        }
    }

    void receive(NodeId from, AuthorityMessage message) {
        input(new AuthorityGroupInput.MessageReceived(from, message));
    }

    void submit(long ticket, long session, Command command) {
        input(new AuthorityGroupInput.Submit(new AuthorityInput.Submit(ticket, session, command)));
    }

    /** A write is durable; 0 for one that nobody waits for. */
    void onStored(long opId) {
        if (opId > 0) {
            input(new AuthorityGroupInput.Stored(opId));
        }
    }

    void onDurable(AuthorityGroupWrite write) {
        world.checker().log().onDurable(address, volume, write);
    }

    private void input(AuthorityGroupInput input) {
        life.take(input);
    }

    private void step(AuthorityGroupInput input) {
        AuthorityGroup running = group;
        if (running != null) {
            running.step(nowMs(), input, this::perform);
        }
    }

    // ---- effects

    private void perform(AuthorityGroupEffect effect) {
        switch (effect) {
            case AuthorityGroupEffect.SendPacket(ConsensusPacket packet) -> {
                world.checker().log().onSend(address, volume, packet);
                world.send(this, packet);
            }
            case AuthorityGroupEffect.Store(long opId, AuthorityGroupWrite write) -> disk.write(opId, write);
            case AuthorityGroupEffect.Compact(long through) -> disk.compact(through);
            case AuthorityGroupEffect.Decided(AuthorityEffect decided) -> perform(decided);
            case AuthorityGroupEffect.RoleChanged(Role role, long term) -> {
                if (role == Role.LEADER) {
                    world.checker().log().onLeader(volume.replica(), term);
                    world.tell(this + " leads in term " + term);
                }
            }
            case AuthorityGroupEffect.LogLost(String what) -> {
                world.tell(this + " lost its log: " + what);
                // counted at this start, which is above every registered one; unless it never was this node's volume
                Proof proof = volume.anew ? volume.proof : new Proof.Counter(volume.id, volume.boot);
                comeAgain(Volume.anew(volume.node, world.mintVolume(), proof));
            }
            case AuthorityGroupEffect.LogTrace ignored -> {}
        }
    }

    private void perform(AuthorityEffect effect) {
        switch (effect) {
            case AuthorityEffect.Send(NodeId to, AuthorityMessage message) -> world.send(this, to, message);
            case AuthorityEffect.Call(String host, var ignored, AuthorityMessage message) ->
                world.call(this, host, message);
            case AuthorityEffect.RingChanged(var ring, var state) -> {
                world.checker().onRing(toString(), state, volume.state.index());
                laterInThisLife(dice.between(1_000L, 300_000L), () -> settle(ring.epoch()));
            }
            case AuthorityEffect.Registered(var answer) -> onRegistered(answer.node());
            case AuthorityEffect.RegistrationRefused(RefusalCode code, String detail) -> onRefused(code, detail);
            case AuthorityEffect.RegistrationWaits(RefusalCode ignored, String reason) -> waits = reason;
            case AuthorityEffect.Answered(long ticket, long index, var answer) ->
                world.clients().onAnswered(ticket, index, answer);
            case AuthorityEffect.Unanswered ignored -> {}
            case AuthorityEffect.Trace(AuthorityTrace event) -> onTrace(event);
            case AuthorityEffect.Propose ignored -> {}
            case AuthorityEffect.ChangeMembers() -> {}
            case AuthorityEffect.Installed ignored -> {}
            case AuthorityEffect.Store ignored -> {}
        }
    }

    private void onTrace(AuthorityTrace event) {
        switch (event) {
            case AuthorityTrace.Applied(long index, var entry, var answer, var after) -> {
                if (world.trail().tells()) {
                    world.tell(this + " applies " + index + " " + entry.command() + ": " + answer);
                }
                world.checker().onApplied(toString(), index, entry, answer, after);
            }
            case AuthorityTrace.InstalledState(long index, var state) ->
                world.checker().onInstalled(toString(), index, state);
            case AuthorityTrace.Asked(Command command) -> {
                if (command instanceof Command.BarrierPassed report) {
                    world.checker().onReport(toString(), report, settledEpoch);
                }
            }
            case AuthorityTrace.PlaceAsked ignored -> {}
            case AuthorityTrace.PlaceAnswered ignored -> {}
        }
    }

    private void settle(long epoch) {
        settledEpoch = Math.max(settledEpoch, epoch);
        input(new AuthorityGroupInput.Settled(epoch));
    }

    /** Known under another id, the process comes again as that node. */
    private void onRegistered(NodeId node) {
        world.tell(this + " is registered as " + node.shortName());
        if (node.equals(volume.node)) {
            volume.anew = false;
            registered = true;
        } else {
            comeAgain(volume.of(node));
        }
    }

    private void onRefused(RefusalCode code, String detail) {
        world.tell(this + " is refused: " + detail);
        boolean mayComeAnew = code == RefusalCode.OLD_COPY || code == RefusalCode.VOLUME_LOST;
        AuthorityChecker.law(mayComeAnew, "%s is refused for good: %s", this, detail);
        comeAgain(Volume.anew(volume.node, world.mintVolume(), new Proof.None()));
    }

    /** For people who look for what hangs. */
    String described() {
        AuthorityGroup now = group;
        return this + (registered ? " registered" : " waits: " + waits) + "; "
                + (now == null ? "down" : now.log() + ", " + now.log().configuration() + "; " + now.authority());
    }

    @Override
    public String toString() {
        return "node " + address + " on " + volume;
    }
}
