package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.ConsensusCodec;
import dev.kvorum.core.consensus.ConsensusEffect;
import dev.kvorum.core.consensus.ConsensusInput;
import dev.kvorum.core.consensus.ConsensusInput.Applied;
import dev.kvorum.core.consensus.ConsensusInput.ChunkLoaded;
import dev.kvorum.core.consensus.ConsensusInput.Received;
import dev.kvorum.core.consensus.ConsensusInput.Recovered;
import dev.kvorum.core.consensus.ConsensusInput.Stored;
import dev.kvorum.core.consensus.ConsensusInput.Tick;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.WireWriter;
import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Life;
import dev.kvorum.sim.world.Victim;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node of the group: the second shell around the machine, with a disk, a state and a clock of its own. */
final class GroupNode implements Victim {

    /** A state held open for somebody who is sent it. */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    private record OpenState(Mark mark, byte[] bytes) {}

    private final GroupWorld world;
    private final int index;
    private final Dice dice;
    private final LogDisk disk;
    private final int driftPerMillion;
    private final TreeMap<Long, OpenState> transfers = new TreeMap<>();
    private final Life<ConsensusInput> life;
    private final WireWriter pieces = new WireWriter();
    private final Requests requests = new Requests();

    private ReplicaId id;
    private @Nullable Consensus machine;
    private Registers state = Registers.EMPTY;
    private Mark mark;
    private Damage damage = new Damage.None();
    private @Nullable DiskImage copy;
    private long clockAheadMs;
    private int volumes;

    GroupNode(GroupWorld world, int index, Configuration founding, Dice dice) {
        this.world = world;
        this.index = index;
        this.dice = dice;
        life = new Life<>(world.schedule(), this::step);
        mark = Mark.start(founding);
        id = idOf(index, 0);
        int drift = world.settings().mostDriftPerMillion();
        driftPerMillion = dice.between(-drift, drift);
        disk = new LogDisk(this, world.settings().syncMostUs(), new DiskImage(founding), dice.split());
    }

    static ReplicaId idOf(int index, int volume) {
        return new ReplicaId(new NodeId((index + 1L) << 60, 0, index), 0, volume);
    }

    int index() {
        return index;
    }

    /** The replica that is here now. */
    ReplicaId id() {
        return id;
    }

    LogDisk disk() {
        return disk;
    }

    Requests requests() {
        return requests;
    }

    /** Null while the process is down. */
    @Nullable
    Consensus machine() {
        return machine;
    }

    /** Whether it believes to lead, and runs. */
    boolean leads() {
        return machine != null && machine.role() == Role.LEADER && !life.isPaused();
    }

    Registers state() {
        return state;
    }

    Mark mark() {
        return mark;
    }

    private long nowMs() {
        long nowMs = world.schedule().nowMs();
        return 1_000_000 + nowMs + nowMs * driftPerMillion / 1_000_000 + clockAheadMs;
    }

    // ---- life

    @Override
    public void start() {
        if (machine != null) {
            return;
        }
        life.begin();
        DiskImage found = disk.durable();
        state = found.state;
        mark = found.mark;
        world.checker().onStart(this);
        machine = new Consensus(GroupWorld.GROUP, id, world.settings().config(), dice.splitSource());
        step(new Recovered(found.saved(), damage));
        if (damage instanceof Damage.TornTail) {
            damage = new Damage.None(); // cut; what is lost stays lost until the volume is another
        }
        laterInThisLife(dice.between(0L, Consensus.TICK_MS * 1_000L), this::tick);
    }

    /** The process ends, and what it had not synced with it, but for a random beginning. */
    @Override
    public void kill() {
        if (machine != null) {
            end();
            if (disk.tear()) {
                damage = new Damage.TornTail();
            }
        }
    }

    @Override
    public void losePower() {
        if (machine != null) {
            end();
            disk.crash(0);
        }
    }

    private void end() {
        life.end();
        machine = null;
        transfers.clear();
        requests.forgetAll();
    }

    @Override
    public void pause() {
        life.pause();
    }

    boolean isPaused() {
        return life.isPaused();
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

    // ---- volumes

    /** Somebody copies the volume, to put the copy back one day. */
    void takeCopy() {
        copy = disk.durable().copy();
    }

    boolean hasCopy() {
        return copy != null;
    }

    /** The process ends, and the volume is an earlier one of itself. */
    void restoreCopy() {
        losePower();
        DiskImage earlier = copy;
        copy = null;
        if (earlier != null && world.has(GroupShellFlaw.OLD_COPY_UNNOTICED)) {
            disk.replace(earlier);
        } else {
            becomeAnother(); // whoever starts the process knows that this is an old copy
        }
    }

    /** The process ends, and the volume is empty. */
    void wipe() {
        losePower();
        if (world.has(GroupShellFlaw.WIPED_KEEPS_IDENTITY)) {
            disk.replace(new DiskImage(disk.durable().mark.configuration()));
        } else {
            becomeAnother();
        }
    }

    /** The process ends, and something that was synced is wrong; what comes before it in the log can be read. */
    void damage() {
        losePower();
        DiskImage image = disk.durable();
        if (!image.log.isEmpty() && dice.chance(800)) {
            long first = image.log.firstKey();
            image.log.tailMap(dice.between(first, image.log.lastKey()), true).clear();
        } else {
            image.hardState = new HardState(Math.max(0, image.hardState.term() - 1), null);
        }
        damage = new Damage.SyncedLost("what was synced is damaged");
        world.checker().onDamaged(id);
    }

    private void becomeAnother() {
        copy = null;
        damage = new Damage.None();
        id = idOf(index, ++volumes);
        disk.replace(new DiskImage(Configuration.NONE));
    }

    // ---- inputs

    void laterInThisLife(long us, Action action) {
        life.after(us, action);
    }

    private void tick() {
        if (!life.isPaused()) {
            step(new Tick());
        }
        laterInThisLife(Consensus.TICK_MS * 1_000L, this::tick);
    }

    void receive(byte[] bytes) {
        if (machine != null) {
            input(new Received(ConsensusCodec.decode(bytes)));
        }
    }

    /** Takes an input, now or when the process goes on. */
    void input(ConsensusInput input) {
        life.take(input);
    }

    private void step(ConsensusInput input) {
        Consensus stepped = machine;
        if (stepped != null) {
            stepped.step(nowMs(), input, this::carryOut);
            if (input instanceof Received(ConsensusPacket packet)) {
                world.checker().onReceived(this, packet, nowMs());
            }
            world.checker().onStepped(this, stepped);
        }
    }

    void onDurable(DiskImage.Change change) {
        switch (change) {
            case DiskImage.Log log -> input(new Stored(log.opId()));
            case DiskImage.Snapshot snapshot -> input(new Stored(snapshot.opId()));
            case DiskImage.State applied -> input(new Applied(applied.mark().index()));
            case DiskImage.Compaction _ -> {}
        }
    }

    // ---- effects

    private void carryOut(ConsensusEffect effect) {
        world.tell(this, effect);
        switch (effect) {
            case ConsensusEffect.Send send -> {
                world.checker().onSend(this, send.packet(), nowMs());
                world.send(send.packet());
            }
            case ConsensusEffect.Store store -> {
                world.checker().onStore(this, store.entries());
                submit(new DiskImage.Log(store.opId(), store.hardState(), store.entries()), store.opId());
            }
            case ConsensusEffect.StoreChunk chunk -> takePiece(chunk);
            case ConsensusEffect.StoreSnapshot store -> install(store);
            case ConsensusEffect.Apply apply -> apply(apply);
            case ConsensusEffect.Compact compact -> disk.submit(new DiskImage.Compaction(compact.throughIndex()));
            case ConsensusEffect.LoadChunk load -> laterInThisLife(dice.between(10L, 500L), () -> load(load));
            case ConsensusEffect.CloseTransfer close -> transfers.remove(close.transferId());
            case ConsensusEffect.Accepted accepted -> requests.onAccepted(accepted);
            case ConsensusEffect.Refused refused -> requests.onRefused(refused);
            case ConsensusEffect.ReadReady ready -> requests.onReadReady(ready.requestId(), state);
            case ConsensusEffect.LeaderChanged changed -> world.checker().onLeader(this, changed);
            case ConsensusEffect.LogLost _ -> laterInThisLife(1_000, this::comeBackAsAnother);
            case ConsensusEffect.ConfigurationChanged _, ConsensusEffect.Trace _ -> {}
        }
    }

    private void submit(DiskImage.Change change, long opId) {
        if (world.has(GroupShellFlaw.STORED_BEFORE_SYNC)) {
            laterInThisLife(1, () -> input(new Stored(opId)));
        }
        disk.submit(change);
    }

    private void comeBackAsAnother() {
        losePower();
        becomeAnother();
        start();
    }

    private void apply(ConsensusEffect.Apply apply) {
        Registers before = state;
        for (Entry entry : apply.entries()) {
            state = state.after(entry);
            world.checker().onApplied(this, entry, state);
            requests.onApplied(entry, state);
        }
        mark = apply.mark();
        world.checker().onMark(this, mark);
        if (world.has(GroupShellFlaw.APPLIED_NOT_ATOMIC)) {
            disk.submit(new DiskImage.State(mark, before));
        }
        disk.submit(new DiskImage.State(mark, state));
    }

    private void takePiece(ConsensusEffect.StoreChunk chunk) {
        if (chunk.offset() == 0) {
            pieces.reset();
        }
        pieces.putRaw(chunk.bytes());
    }

    private void install(ConsensusEffect.StoreSnapshot store) {
        Registers before = state;
        state = Registers.ofBytes(pieces.toBytes());
        mark = store.mark();
        world.checker().onMark(this, mark);
        requests.forgetWrites();
        if (world.has(GroupShellFlaw.SNAPSHOT_NOT_ATOMIC)) {
            submit(new DiskImage.Snapshot(store.opId(), store.hardState(), mark, before), store.opId());
            disk.submit(new DiskImage.State(mark, state));
        } else {
            submit(new DiskImage.Snapshot(store.opId(), store.hardState(), mark, state), store.opId());
        }
    }

    private void load(ConsensusEffect.LoadChunk load) {
        if (load.offset() == 0) {
            transfers.put(load.transferId(), new OpenState(mark, state.toBytes()));
        }
        OpenState open = transfers.get(load.transferId());
        if (open == null) {
            input(new ConsensusInput.ChunkFailed(load.transferId()));
            return;
        }
        int from = (int) load.offset();
        byte[] piece = Arrays.copyOfRange(open.bytes, from, Math.min(open.bytes.length, from + load.mostBytes()));
        input(new ChunkLoaded(load.transferId(), open.mark, from, open.bytes.length, piece));
    }

    /** For people who look for what hangs. */
    String described() {
        Consensus now = machine;
        return this + " " + (now == null ? "down" : now + ", " + now.configuration());
    }

    @Override
    public String toString() {
        return "node " + index + " (volume " + volumes + ")";
    }
}
