package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.Apply;
import dev.kvorum.core.consensus.ConsensusEffect.Send;
import dev.kvorum.core.consensus.ConsensusEffect.Store;
import dev.kvorum.core.consensus.ConsensusEffect.StoreSnapshot;
import dev.kvorum.core.consensus.ConsensusInput.Applied;
import dev.kvorum.core.consensus.ConsensusInput.Received;
import dev.kvorum.core.consensus.ConsensusInput.Recovered;
import dev.kvorum.core.consensus.ConsensusInput.Stored;
import dev.kvorum.core.consensus.ConsensusInput.Tick;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.PreVoteReply;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The machine of replica 0 with its disk; the test speaks for all others. */
final class OneReplica {

    static final int GROUP = 3;
    static final long ELECTION_MS = ConsensusConfig.standard().timing().electionMs();

    final Consensus machine;

    /** Whether stores wait for {@link #sync}. */
    boolean storesWait;

    /** Whether applications wait for ever. */
    boolean appliesWait;

    private final ArrayDeque<ConsensusInput> unsynced = new ArrayDeque<>();
    private long nowMs = 10_000;

    OneReplica(Saved saved, Damage damage, ConsensusConfig config) {
        machine = new Consensus(GROUP, id(0), config, new SplittableRandom(7));
        input(new Recovered(saved, damage));
    }

    /** One of so many founding voters. */
    static OneReplica of(int voters) {
        return of(Saved.nothing(configuration(voters)));
    }

    static OneReplica of(Saved saved) {
        return new OneReplica(saved, new Damage.None(), ConsensusConfig.standard());
    }

    /** The leader of so many founding voters, in term 1, whose no-op is committed. */
    static OneReplica leading(int voters) {
        OneReplica replica = of(voters);
        replica.win();
        replica.hear(1, new Appended(replica.machine.last().index()));
        if (voters > 3) {
            replica.hear(2, new Appended(replica.machine.last().index()));
        }
        return replica;
    }

    static ReplicaId id(int number) {
        return new ReplicaId(new NodeId(number * 0x1111_0000_0000_0000L, 0, number), 0, number);
    }

    static Configuration configuration(int voters) {
        TreeSet<ReplicaId> ids = new TreeSet<>();
        for (int i = 0; i < voters; i++) {
            ids.add(id(i));
        }
        return Configuration.ofVoters(ids);
    }

    static Entry entry(long index, long term) {
        return Entry.of(new Position(index, term), Entry.Kind.COMMAND, new byte[] {(byte) index, (byte) term});
    }

    static Entry configurationEntry(long index, long term, Configuration configuration) {
        return Entry.of(new Position(index, term), Entry.Kind.CONFIGURATION, configuration.toPayload());
    }

    /** Stands and is elected by replicas 1 and 2, of whom it is enough. */
    void win() {
        pass(2 * ELECTION_MS);
        for (int voter = 1; voter <= 2 && machine.role() == Role.PRE_CANDIDATE; voter++) {
            hear(voter, machine.term() + 1, new PreVoteReply(Ballot.GRANTED));
        }
        for (int voter = 1; voter <= 2 && machine.role() == Role.CANDIDATE; voter++) {
            hear(voter, new VoteReply(Ballot.GRANTED));
        }
    }

    /** Lets time pass by ticks. */
    List<ConsensusEffect> pass(long ms) {
        List<ConsensusEffect> effects = new ArrayList<>();
        for (long end = nowMs + ms; nowMs < end; ) {
            nowMs = Math.min(end, nowMs + Consensus.TICK_MS);
            effects.addAll(input(new Tick()));
        }
        return effects;
    }

    /** A message of this replica's term. */
    List<ConsensusEffect> hear(int from, ConsensusMessage message) {
        return hear(from, machine.term(), message);
    }

    List<ConsensusEffect> hear(int from, long term, ConsensusMessage message) {
        return input(new Received(new ConsensusPacket(GROUP, id(from), id(0), term, message)));
    }

    List<ConsensusEffect> input(ConsensusInput input) {
        List<ConsensusEffect> effects = new ArrayList<>();
        machine.step(nowMs, input, effects::add);
        for (ConsensusEffect effect : List.copyOf(effects)) {
            switch (effect) {
                case Store store -> unsynced.add(new Stored(store.opId()));
                case StoreSnapshot store -> unsynced.add(new Stored(store.opId()));
                case Apply apply
                when !appliesWait ->
                    effects.addAll(input(new Applied(apply.mark().index())));
                default -> {}
            }
        }
        if (!storesWait) {
            effects.addAll(sync());
        }
        return effects;
    }

    /** All stores so far become durable. */
    List<ConsensusEffect> sync() {
        List<ConsensusEffect> effects = new ArrayList<>();
        while (!unsynced.isEmpty()) {
            effects.addAll(input(unsynced.removeFirst()));
        }
        return effects;
    }

    static <T extends ConsensusEffect> List<T> only(List<ConsensusEffect> effects, Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What was sent of this kind, by receiver. */
    static <T extends ConsensusMessage> List<T> sent(List<ConsensusEffect> effects, int to, Class<T> type) {
        return only(effects, Send.class).stream()
                .map(Send::packet)
                .filter(packet -> packet.to().equals(id(to)))
                .map(ConsensusPacket::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
