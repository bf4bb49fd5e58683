package dev.kvorum.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.Arrival;
import dev.kvorum.core.authority.Authority;
import dev.kvorum.core.authority.AuthorityConfig;
import dev.kvorum.core.authority.AuthorityEffect;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.Proof;
import dev.kvorum.core.authority.Seat;
import dev.kvorum.core.authority.ShardState;
import dev.kvorum.core.authority.Start;
import dev.kvorum.core.authority.StoredState;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.ConsensusConfig;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.Saved;
import dev.kvorum.core.node.AuthorityGroupWrite.LogWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.SnapshotWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.StateWrite;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.RingNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Nodes at their addresses; every millisecond whatever was sent or stored in the one before arrives. */
final class GroupTown {

    private static final int MOST_MS = 120_000;

    private final List<House> houses = new ArrayList<>();
    private final Map<Long, Answer> answers = new TreeMap<>();
    private final ArrayDeque<Runnable> due = new ArrayDeque<>();
    private final SplittableRandom random;
    private final Bootstrap document;
    private long nowMs = 1_000;

    GroupTown(int nodes, long seed) {
        random = new SplittableRandom(seed);
        List<RingNode> places = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            places.add(place(node));
        }
        List<NodeId> voters = places.stream().map(RingNode::id).toList();
        document = new Bootstrap(
                "c-1",
                1,
                8,
                3,
                Level.QUORUM,
                Level.QUORUM,
                Bootstrap.Durability.FSYNC,
                places,
                voters,
                List.of(BucketSettings.named("default")));
        for (int node = 0; node < nodes; node++) {
            houses.add(new House(node));
            start(node);
        }
    }

    static NodeId idOf(int node) {
        return new NodeId(node + 1, 0, node);
    }

    private static RingNode place(int node) {
        int base = 10_000 + 10 * node;
        Ports ports = new Ports(base, base + 1, base + 2, base + 3, base + 4);
        return new RingNode(idOf(node), "n-" + node, "zone-" + node % 3, 1, "host-" + node, ports);
    }

    void runUntil(BooleanSupplier done) {
        long endMs = nowMs + MOST_MS;
        while (!done.getAsBoolean()) {
            assertThat(nowMs).as("%s", houses).isLessThan(endMs);
            run(10);
        }
    }

    void run(int forMs) {
        for (int i = 0; i < forMs; i++) {
            nowMs++;
            for (int left = due.size(); left > 0; left--) {
                due.remove().run();
            }
            if (nowMs % AuthorityGroup.TICK_MS == 0) {
                houses.forEach(house -> house.take(new AuthorityGroupInput.Tick()));
            }
        }
    }

    void start(int node) {
        houses.get(node).start();
    }

    void kill(int node) {
        houses.get(node).group = null;
    }

    void wipe(int node) {
        houses.get(node).wipe();
    }

    void submit(int node, long ticket, Command command) {
        houses.get(node).take(AuthorityGroupTest.submit(ticket, command));
    }

    Map<Long, Answer> answers() {
        return answers;
    }

    AuthorityGroup group(int node) {
        return Objects.requireNonNull(houses.get(node).group);
    }

    /** The node that leads; -1 while there is none. */
    int leader() {
        for (House house : houses) {
            AuthorityGroup group = house.group;
            if (group != null && group.authority().isLeader()) {
                return house.node;
            }
        }
        return -1;
    }

    AuthorityState state() {
        return group(leader()).authority().state();
    }

    /** Everybody is registered and has the leader's state, every barrier has passed, the log votes as decided. */
    boolean isAtRest() {
        if (leader() < 0) {
            return false;
        }
        AuthorityState state = state();
        Configuration log = group(leader()).log().configuration();
        return state.isFounded()
                && state.shards().stream().allMatch(ShardState::isSettled)
                && log.voters().stream().map(id -> id.node()).toList().equals(state.voters())
                && houses.stream().allMatch(house -> house.isAtRest(state));
    }

    private final class House {
        private final int node;
        private VolumeId volume;
        private VolumeId seat = Seat.FOUNDING;
        private long boot;
        private boolean anew;
        private boolean registered;
        private HardState hardState = HardState.NEW;
        private Mark mark;
        private StoredState state = StoredState.EMPTY;
        private final TreeMap<Long, Entry> log = new TreeMap<>();
        private @Nullable AuthorityGroup group;

        House(int node) {
            this.node = node;
            volume = new VolumeId(100 + node, 1);
            mark = Mark.start(AuthorityGroup.founding(document.voters()));
        }

        void wipe() {
            volume = new VolumeId(200 + node, 1);
            seat = volume;
            boot = 0;
            anew = true;
            hardState = HardState.NEW;
            mark = Mark.start(Configuration.NONE);
            state = StoredState.EMPTY;
            log.clear();
        }

        void start() {
            boot++;
            registered = false;
            Start start = new Start("c-1", 1, place(node), new VolumeStart(volume, boot, random.nextLong(), 0), 1);
            Arrival arrival = anew ? new Arrival.Anew(start, new Proof.None()) : new Arrival.Kept(start);
            AuthorityGroup begun = new AuthorityGroup(
                    new Consensus(
                            0,
                            AuthorityGroup.replica(new Seat(idOf(node), seat)),
                            ConsensusConfig.standard(),
                            random.split()),
                    new Authority(arrival, document, state, AuthorityConfig.standard(), random.split()));
            group = begun;
            Saved saved = new Saved(hardState, mark, new ArrayList<>(log.values()));
            begun.begin(nowMs, saved, new Damage.None(), effect -> perform(begun, effect));
        }

        boolean isAtRest(AuthorityState wanted) {
            AuthorityGroup running = group;
            return running != null
                    && registered
                    && running.authority().durable().state().equals(wanted);
        }

        void take(AuthorityGroupInput input) {
            AuthorityGroup running = group;
            if (running != null) {
                running.step(nowMs, input, effect -> perform(running, effect));
            }
        }

        private void perform(AuthorityGroup life, AuthorityGroupEffect effect) {
            switch (effect) {
                case AuthorityGroupEffect.SendPacket(var packet) ->
                    due.add(() ->
                            houses.get(packet.to().node().low()).take(new AuthorityGroupInput.PacketReceived(packet)));
                case AuthorityGroupEffect.Store(long opId, var write) ->
                    due.add(() -> {
                        if (Objects.equals(group, life)) {
                            store(write);
                            take(new AuthorityGroupInput.Stored(opId));
                        }
                    });
                case AuthorityGroupEffect.Compact(long through) ->
                    due.add(() -> log.headMap(through, true).clear());
                case AuthorityGroupEffect.Decided(var decided) -> perform(decided);
                case AuthorityGroupEffect.RoleChanged ignored -> {}
                case AuthorityGroupEffect.LogLost(String what) -> throw new AssertionError(what);
                case AuthorityGroupEffect.LogTrace ignored -> {}
            }
        }

        private void store(AuthorityGroupWrite write) {
            switch (write) {
                case LogWrite(HardState hard, List<Entry> entries) -> {
                    hardState = hard;
                    if (!entries.isEmpty()) {
                        log.tailMap(entries.getFirst().index(), true).clear();
                        entries.forEach(entry -> log.put(entry.index(), entry));
                    }
                }
                case StateWrite(Mark at, var batch) -> {
                    mark = at;
                    state = state.with(batch);
                }
                case SnapshotWrite(HardState hard, Mark at, var batch) -> {
                    hardState = hard;
                    mark = at;
                    state = state.with(batch);
                    log.clear();
                }
            }
        }

        private void perform(AuthorityEffect effect) {
            if (effect instanceof AuthorityEffect.Send(NodeId to, AuthorityMessage message)) {
                send(to.low(), message);
            } else if (effect instanceof AuthorityEffect.Call(String host, var ignored, AuthorityMessage message)) {
                send(Integer.parseInt(host.substring(5)), message);
            } else if (effect instanceof AuthorityEffect.RingChanged(var ring, var ignored)) {
                due.add(() -> take(new AuthorityGroupInput.Settled(ring.epoch())));
            } else if (effect instanceof AuthorityEffect.Registered) {
                registered = true;
            } else if (effect instanceof AuthorityEffect.Answered(long ticket, long index, Answer answer)) {
                answers.put(ticket, answer);
            } else if (effect instanceof AuthorityEffect.RegistrationRefused refused) {
                throw new AssertionError(refused);
            }
        }

        private void send(int to, AuthorityMessage message) {
            due.add(() -> houses.get(to).take(new AuthorityGroupInput.MessageReceived(idOf(node), message)));
        }

        @Override
        public String toString() {
            return String.valueOf(group == null ? "down" : group.authority());
        }
    }
}
