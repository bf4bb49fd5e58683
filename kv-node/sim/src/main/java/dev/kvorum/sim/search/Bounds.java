package dev.kvorum.sim.search;

import dev.kvorum.core.consensus.ConsensusConfig;
import dev.kvorum.core.consensus.ConsensusConfig.Compaction;
import dev.kvorum.core.consensus.ConsensusConfig.Flow;
import dev.kvorum.core.consensus.ConsensusConfig.Timing;
import dev.kvorum.core.consensus.ConsensusFlaw;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a search goes.
 *
 * @param mostTerm no election begins a later term
 * @param crashes processes that end, with all that they had not synced
 * @param proposals commands of clients
 * @param resends times that a leader sends again what was not answered; lost packets are those never delivered
 * @param mostStates after which the search gives up, incomplete
 */
public record Bounds(int mostTerm, int crashes, int proposals, int resends, long mostStates) {

    /** Together these take a minute: two crashes within one further term, and two further terms without any. */
    public static final List<Bounds> STANDARD =
            List.of(new Bounds(2, 2, 1, 0, 60_000_000), new Bounds(3, 0, 1, 0, 60_000_000));

    static final int NODES = 3;

    /** Any timeout is longer than all that passes without one. */
    static final int ELECTION_MS = 60_000;

    static final int RESEND_MS = 10;

    static ConsensusConfig config(Set<ConsensusFlaw> flaws) {
        return new ConsensusConfig(
                new Timing(ELECTION_MS, RESEND_MS, RESEND_MS),
                new Flow(1 << 10, 1 << 10, 4, 16, 1 << 10, 4),
                new Compaction(16, 1_000, 10, 1_000),
                new TreeSet<>(flaws));
    }
}
