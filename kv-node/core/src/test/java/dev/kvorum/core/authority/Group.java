package dev.kvorum.core.authority;

import static dev.kvorum.core.authority.Cluster.id;
import static dev.kvorum.core.authority.Cluster.place;
import static dev.kvorum.core.authority.Cluster.volume;

import dev.kvorum.core.authority.AuthorityInput.Committed;
import dev.kvorum.core.authority.AuthorityInput.ConfigurationChanged;
import dev.kvorum.core.authority.AuthorityInput.Install;
import dev.kvorum.core.authority.AuthorityInput.LeaderChanged;
import dev.kvorum.core.authority.AuthorityInput.MembersChanged;
import dev.kvorum.core.authority.AuthorityInput.ProposalRefused;
import dev.kvorum.core.authority.AuthorityInput.Received;
import dev.kvorum.core.authority.AuthorityInput.Settled;
import dev.kvorum.core.authority.AuthorityInput.Stored;
import dev.kvorum.core.authority.AuthorityInput.Submit;
import dev.kvorum.core.authority.AuthorityInput.Tick;
import dev.kvorum.core.authority.Command.BarrierPassed;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Nodes on a log that is right by construction, under crashes, wiped and old volumes, lost messages and changing
 * leaders. What is checked is what the machine adds to the rules.
 */
final class Group {

    /** Some three minutes of virtual time. */
    private static final int MOST_CALM_EVENTS = 20_000;

    private final SplittableRandom random;
    private final AuthorityConfig config;
    private final SureLog log;
    private final List<Host> hosts = new ArrayList<>();
    private final List<Parcel> network = new ArrayList<>();
    private final List<Submission> proposed = new ArrayList<>();
    private final Tickets tickets = new Tickets();
    private int leader = -1;
    private long term;
    private TreeSet<Seat> voters = new TreeSet<>();
    private TreeSet<Seat> learners = new TreeSet<>();
    private long nowMs = 1_000;
    private boolean calm;
    private boolean quiet;
    private long lastTicket;
    private int lastVolume = 500;

    private record Parcel(int to, NodeId from, AuthorityMessage message) {}

    Group(long seed, Set<AuthorityFlaw> flaws) {
        random = new SplittableRandom(seed);
        config = AuthorityConfig.standard().withFlaws(flaws);
        log = new SureLog(flaws);
        int nodes = random.nextInt(1, 6);
        for (int node = 0; node < nodes; node++) {
            hosts.add(new Host(node));
        }
        Cluster.document(nodes).voters().forEach(voter -> voters.add(new Seat(voter, Seat.FOUNDING)));
        hosts.forEach(Host::start);
    }

    void run() {
        for (int i = 0; i < 1_200; i++) {
            event();
        }
        calm = true;
        network.clear();
        hosts.stream().filter(host -> host.machine == null).forEach(Host::start);
        for (int i = 0; i < MOST_CALM_EVENTS && !isAtRest(); i++) {
            event();
        }
        quiet = true;
        for (int i = 0; i < 800; i++) {
            event();
        }
        hosts.forEach(Host::checkEnd);
        AuthorityState end = log.latest();
        LawBook.law(
                voters.equals(end.seats(end.voters())),
                "the log's voters are " + voters + ", decided was " + end.voters());
        LawBook.law(
                end.shards().stream().allMatch(ShardState::isSettled),
                "all are well and a barrier has not passed: " + hosts + ", log to " + log.size() + ", " + end.shards());
    }

    private boolean isAtRest() {
        AuthorityState state = log.latest();
        return state.isFounded()
                && hosts.stream().allMatch(host -> host.registered)
                && state.shards().stream().allMatch(ShardState::isSettled)
                && voters.equals(state.seats(state.voters()));
    }

    private void event() {
        nowMs += random.nextInt(20);
        Host host = hosts.get(random.nextInt(hosts.size()));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> host.take(new Tick());
            case 4, 5, 6 -> deliver();
            case 7, 8 -> commit();
            case 9, 10, 11 -> host.catchUp();
            case 12, 13, 14 -> host.finishStore();
            case 15 -> host.settle();
            case 16 -> host.take(new MembersChanged(alive()));
            case 17 -> elect();
            case 18 -> {
                if (!quiet) {
                    host.submit();
                }
            }
            default -> host.suffer();
        }
    }

    private SortedSet<NodeId> alive() {
        TreeSet<NodeId> alive = new TreeSet<>();
        hosts.stream().filter(host -> host.machine != null).forEach(host -> alive.add(id(host.number)));
        return alive;
    }

    private void deliver() {
        for (int left = calm ? 8 : 3; left > 0 && !network.isEmpty(); left--) {
            int which = random.nextInt(network.size());
            Parcel parcel = random.nextInt(8) == 0 && !calm && network.size() < 100
                    ? network.get(which)
                    : network.remove(which);
            if (calm || random.nextInt(8) > 0) {
                hosts.get(parcel.to()).take(new Received(parcel.from(), parcel.message()));
            }
        }
    }

    /** The log takes one of what the leader proposed. */
    private void commit() {
        for (int left = calm ? 5 : 1; left > 0 && !proposed.isEmpty(); left--) {
            log.append(term, proposed.removeFirst());
        }
    }

    private void elect() {
        boolean stays = leader >= 0 && hosts.get(leader).machine != null;
        if (calm ? stays : random.nextInt(3) > 0 && stays) {
            return;
        }
        proposed.clear();
        leader = -1;
        term++;
        List<Host> able = hosts.stream()
                .filter(host -> host.machine != null && voters.contains(host.seat()))
                .toList();
        if (!able.isEmpty() && (calm || random.nextInt(3) > 0)) {
            Host next = able.get(random.nextInt(able.size()));
            leader = next.number;
            log.append(term, null);
            next.catchUpTo(log.size());
        }
        hosts.forEach(Host::tellOfLog);
    }

    /** One address with a volume in it. */
    private final class Host {
        private final int number;
        private StoredState disk = StoredState.EMPTY;
        private VolumeId volume;
        private VolumeId seatVolume = Seat.FOUNDING;
        private long boot;
        private long nonce;
        private boolean anew;
        private @Nullable Authority machine;
        private AuthorityEffect.@Nullable Store store;
        private long toldEpoch;
        private long settledEpoch;
        private boolean registered;
        private String waits = "for an answer";

        Host(int number) {
            this.number = number;
            this.volume = volume(100 + number);
        }

        Seat seat() {
            return new Seat(id(number), seatVolume);
        }

        void start() {
            boot++;
            nonce = random.nextLong();
            LawBook.law(
                    disk.read().state().equals(log.stateAt(disk.index())),
                    "node " + number + " stored index " + disk.index() + " with another state");
            Start start = new Start(Cluster.ID, 1, place(number), new VolumeStart(volume, boot, nonce, 0), 1);
            Arrival arrival = anew ? new Arrival.Anew(start, new Proof.None()) : new Arrival.Kept(start);
            machine = new Authority(
                    arrival, Cluster.document(hosts.size()), disk, config, new SplittableRandom(random.nextLong()));
            registered = false;
            toldEpoch = 0;
            settledEpoch = 0;
            tellOfLog();
        }

        void take(AuthorityInput input) {
            Authority running = machine;
            if (running != null) {
                running.step(nowMs, input, this::perform);
            }
        }

        void tellOfLog() {
            take(new ConfigurationChanged(voters, learners));
            take(new LeaderChanged(leader < 0 ? null : id(leader), term));
        }

        void catchUp() {
            Authority running = machine;
            if (running != null && running.appliedIndex() < log.size()) {
                catchUpTo(random.nextLong(running.appliedIndex(), log.size()) + 1);
            }
        }

        void catchUpTo(long index) {
            Authority running = machine;
            if (running == null) {
                return;
            }
            if (random.nextInt(6) == 0 && running.appliedIndex() + 3 < index) {
                take(new Install(new StateForm.Snapshot(index, term, log.stateAt(index))));
            } else if (running.appliedIndex() < index) {
                take(new Committed(log.between(running.appliedIndex(), index)));
            }
            LawBook.law(
                    running.state().equals(log.stateAt(running.appliedIndex())),
                    "node " + number + " has another state at " + running.appliedIndex());
        }

        void finishStore() {
            AuthorityEffect.Store done = store;
            if (done != null && machine != null) {
                disk = disk.with(StoreBatch.decode(done.batch().encode()));
                store = null;
                take(new Stored(done.opId()));
            }
        }

        void settle() {
            if (toldEpoch > settledEpoch) {
                settledEpoch = random.nextBoolean() ? toldEpoch : random.nextLong(settledEpoch, toldEpoch) + 1;
                take(new Settled(settledEpoch));
            }
        }

        void submit() {
            take(new Submit(++lastTicket, 0, Doors.draw(random, log.latest())));
        }

        /** Crashes, and perhaps loses its volume or gets an old one. */
        void suffer() {
            if (machine == null) {
                start();
                return;
            }
            if (calm || random.nextInt(3) > 0) {
                return;
            }
            if (store != null && random.nextBoolean()) {
                disk = disk.with(store.batch());
            }
            machine = null;
            store = null;
            if (random.nextInt(6) == 0
                    && hosts.stream().anyMatch(other -> other != this && voters.contains(other.seat()))) {
                wipe();
            }
            if (leader == number) {
                elect();
            }
        }

        private void wipe() {
            disk = StoredState.EMPTY;
            volume = volume(++lastVolume);
            seatVolume = volume;
            boot = 0;
            anew = true;
        }

        private void perform(AuthorityEffect effect) {
            switch (effect) {
                case AuthorityEffect.Send(NodeId to, AuthorityMessage message) -> send(to, message);
                case AuthorityEffect.Call(String host, var ignored, AuthorityMessage message) ->
                    network.add(new Parcel(Integer.parseInt(host.substring(5)), id(number), message));
                case AuthorityEffect.Propose(long opId, Submission submission) -> propose(opId, submission);
                case AuthorityEffect.ChangeMembers() -> becomeWanted(Objects.requireNonNull(machine));
                case AuthorityEffect.Installed ignored -> {}
                case AuthorityEffect.Store asked -> {
                    LawBook.law(store == null, "two stores are under way");
                    store = asked;
                }
                case AuthorityEffect.RingChanged(var ring, AuthorityState state) -> onRing(ring.epoch(), state);
                case AuthorityEffect.Registered ignored -> registered = true;
                case AuthorityEffect.RegistrationRefused refused ->
                    LawBook.law(false, number + " is refused: " + refused);
                case AuthorityEffect.RegistrationWaits(var ignored, String reason) -> waits = reason;
                case AuthorityEffect.Answered(long ticket, long index, Answer answer) ->
                    onAnswer(ticket, index, answer);
                case AuthorityEffect.Unanswered ignored -> {}
                case AuthorityEffect.Trace ignored -> {}
            }
        }

        private void becomeWanted(Authority running) {
            LogMembers wanted = running.wantedMembers();
            if (leader == number && wanted != null) {
                voters = new TreeSet<>(wanted.voters());
                learners = new TreeSet<>(wanted.learners());
                take(new ConfigurationChanged(voters, learners));
            }
        }

        private void send(NodeId to, AuthorityMessage message) {
            AuthorityMessage arrives = AuthorityCodec.decode(AuthorityCodec.encode(message));
            hosts.stream()
                    .filter(host -> id(host.number).equals(to))
                    .forEach(host -> network.add(new Parcel(host.number, id(number), arrives)));
            checkReport(message instanceof AuthorityMessage.Forward(Submission sent) ? sent.command() : null);
        }

        private void propose(long opId, Submission submission) {
            checkReport(
                    submission.command() instanceof BarrierPassed own
                                    && own.node().equals(id(number))
                            ? own
                            : null);
            if (leader != number || (!calm && random.nextInt(8) == 0)) {
                take(new ProposalRefused(opId));
            } else {
                proposed.add(Submission.decode(submission.encode()));
            }
        }

        private void checkReport(@Nullable Command command) {
            if (command instanceof BarrierPassed(NodeId ignored, VolumeId on, List<ShardEpoch> shards)) {
                LawBook.law(on.equals(volume), "node " + number + " reports for another volume");
                shards.forEach(shard -> LawBook.law(
                        shard.epoch() <= settledEpoch, "node " + number + " reports " + shard + " unsettled"));
            }
        }

        private void onRing(long epoch, AuthorityState state) {
            AuthorityState durable = disk.read().state();
            LawBook.law(
                    durable.isFounded()
                            ? durable.isEqualForNodes(state)
                            : state.epoch() == 1 && state.session().number() == 0,
                    "node " + number + " acts on a state that is not durable");
            LawBook.law(epoch >= toldEpoch, "the ring of node " + number + " went back");
            toldEpoch = epoch;
        }

        private void onAnswer(long ticket, long index, Answer answer) {
            LawBook.law(index <= log.size(), "ticket " + ticket + " was answered before it was committed");
            tickets.onAnswer(ticket, answer, log.answerAt(index));
        }

        @Override
        public String toString() {
            return machine + " stored " + disk.index() + ", told " + toldEpoch + ", settled " + settledEpoch;
        }

        void checkEnd() {
            Authority running = Objects.requireNonNull(machine);
            LawBook.law(
                    registered,
                    "all are well and node " + number + " is not registered but waits: " + waits + "; " + running
                            + ", led by " + leader);
            LawBook.law(
                    running.appliedIndex() > log.size() - 40 && disk.index() > log.size() - 40,
                    "node " + number + " is far behind: " + running);
            LawBook.law(running.waiting() < 40, "commands wait for ever at node " + number);
            LawBook.law(
                    log.latest().isCurrent(id(number), volume), "node " + number + " is on another volume than agreed");
        }
    }

    int answered() {
        return tickets.answered();
    }

    /** What the log came to, for the tests' own check that it was no desert. */
    List<Answer> answers() {
        return log.answers();
    }
}
