package dev.kvorum.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole worlds by seed; {@code -Dmembership.seeds=N} tries more of them, {@code -Dmembership.seed=S} replays one. */
class MembershipSimTest {

    private static final long FIRST = Long.getLong("membership.seed", 0);
    private static final int SEEDS = Integer.getInteger("membership.seeds", FIRST == 0 ? 500 : 1);
    private static final int SEEDS_PER_FLAW = 200;

    @Test
    void everyWorldKeepsItsPromisesAndComesToOneViewWithinThirtySecondsOfHealing() {
        List<Long> convergedMs = new ArrayList<>();
        TreeSet<Swarm.Fault> faults = new TreeSet<>();
        long virtualMs = 0;
        long startNs = System.nanoTime();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Swarm.Outcome outcome = run(seed, Set.of());
            convergedMs.add(outcome.convergedMs());
            faults.addAll(outcome.faults());
            virtualMs += outcome.virtualMs();
        }
        report(convergedMs, virtualMs, System.nanoTime() - startNs);
        assertThat(SEEDS < 500 ? Set.of(Swarm.Fault.values()) : faults).containsExactlyInAnyOrder(Swarm.Fault.values());
    }

    @ParameterizedTest
    @EnumSource
    void everyPlantedMistakeIsCaught(MembershipFlaw flaw) {
        for (long seed = 0; seed < SEEDS_PER_FLAW; seed++) {
            try {
                new Swarm(seed, Set.of(flaw)).run();
            } catch (Checks.Broken caught) {
                System.out.println(flaw + " is caught by seed " + seed + ": " + caught.getMessage());
                return;
            }
        }
        throw new AssertionError(flaw + " goes unnoticed in " + SEEDS_PER_FLAW + " seeds");
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(run(seed, Set.of()).story())
                    .as("seed %d", seed)
                    .isEqualTo(run(seed, Set.of()).story());
        }
        assertThat(run(1, Set.of()).story()).isNotEqualTo(run(2, Set.of()).story());
    }

    private static Swarm.Outcome run(long seed, Set<MembershipFlaw> flaws) {
        try {
            return new Swarm(seed, flaws).run();
        } catch (RuntimeException broken) {
            throw new AssertionError("replay with -Dtest=MembershipSimTest -Dmembership.seed=" + seed, broken);
        }
    }

    private static void report(List<Long> convergedMs, long virtualMs, long tookNs) {
        convergedMs.sort(null);
        long tookMs = Math.max(1, tookNs / 1_000_000);
        System.out.printf(
                "membership: %d seeds, %d seeds/s, %d x real time; "
                        + "one view after healing: p50 %d, p90 %d, p99 %d, max %d ms%n",
                SEEDS,
                SEEDS * 1_000L / tookMs,
                virtualMs / tookMs,
                percentile(convergedMs, 50),
                percentile(convergedMs, 90),
                percentile(convergedMs, 99),
                convergedMs.getLast());
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() - 1) * percent / 100);
    }
}
