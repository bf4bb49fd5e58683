package dev.kvorum.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How long things take and what they cost, in virtual time: each figure is printed, and bounded. */
class MembershipTimesSimTest {

    private static final int[] SIZES = {3, 6, 12, 60};
    private static final Set<MembershipFlaw> NONE = EnumSet.noneOf(MembershipFlaw.class);

    @Test
    void aRestartedNodeIsAliveForAllWithinTenSecondsOfItsStart() {
        for (int size : SIZES) {
            for (long downMs : new long[] {100, 2_000, 20_000, 300_000}) {
                List<Long> tookMs = new ArrayList<>();
                for (long seed = 0; seed < (size == 60 ? 2 : 12); seed++) {
                    tookMs.add(restart(seed, size, downMs, (int) (seed % 3) * 100));
                }
                tookMs.sort(null);
                System.out.printf(
                        "restart of 1 in %d after %d ms: alive for all after p50 %d, max %d ms%n",
                        size, downMs, tookMs.get(tookMs.size() / 2), tookMs.getLast());
                assertThat(tookMs.getLast()).isLessThanOrEqualTo(10_000);
            }
        }
    }

    @Test
    void aCrashIsSuspectedInSecondsAndDeadWithinTheLongestSuspicion() {
        for (int size : SIZES) {
            List<Long> suspectMs = new ArrayList<>();
            List<Long> deadMs = new ArrayList<>();
            for (long seed = 0; seed < (size == 60 ? 2 : 12); seed++) {
                World world = settled(seed, size, NONE);
                SimNode victim = world.nodes.getFirst();
                long crashMs = world.nowMs;
                world.stop(victim);
                runUntil(world, 60_000, () -> noneHolds(world, victim, MemberState.ALIVE));
                suspectMs.add(world.nowMs - crashMs);
                runUntil(world, 60_000, () -> allHold(world, victim, MemberState.DEAD));
                deadMs.add(world.nowMs - crashMs);
            }
            suspectMs.sort(null);
            deadMs.sort(null);
            System.out.printf(
                    "crash of 1 in %d: alive for nobody after p50 %d, max %d ms; dead for all: p50 %d, max %d ms%n",
                    size,
                    suspectMs.get(suspectMs.size() / 2),
                    suspectMs.getLast(),
                    deadMs.get(deadMs.size() / 2),
                    deadMs.getLast());
            assertThat(suspectMs.getLast()).isLessThanOrEqualTo(10_000);
            assertThat(deadMs.getLast()).isLessThanOrEqualTo(35_000);
        }
    }

    @Test
    void aPartitionOfHoursHealsByItself() {
        for (int size : new int[] {2, 4, 9}) {
            World world = settled(size, size, NONE);
            for (SimNode from : world.nodes) {
                for (SimNode to : world.nodes) {
                    if (from.number % 2 != to.number % 2) {
                        world.cut(from, to);
                    }
                }
            }
            world.runUntil(world.nowMs + 2 * 3_600_000L);
            assertThat(world.nodes.getFirst().view().isAlive(world.nodes.get(1).id))
                    .isFalse();
            world.healLinks();
            long healedMs = world.nowMs;
            runUntil(world, 30_000, () -> allAlive(world));
            System.out.printf(
                    "two hours of partition, %d nodes: one view %d ms after healing%n", size, world.nowMs - healedMs);
        }
    }

    @Test
    void aNodeSendsTheSameHoweverManyThereAreAndNoDatagramExceedsItsLimit() {
        for (int size : new int[] {3, 12, 60, 200}) {
            World world = settled(1, size, NONE);
            long largest = world.checks.largestDatagram;
            world.nodes.forEach(node -> node.packets = 0);
            world.nodes.forEach(node -> node.bytes = 0);
            world.runUntil(world.nowMs + 30_000);
            long packets = world.nodes.stream().mapToLong(node -> node.packets).sum();
            long most =
                    world.nodes.stream().mapToLong(node -> node.packets).max().orElseThrow();
            long bytes = world.nodes.stream().mapToLong(node -> node.bytes).sum();
            System.out.printf(
                    "at rest, %d nodes: %d.%d packets and %d bytes per node and second (most %d in 30 s); "
                            + "largest datagram at the start %d bytes%n",
                    size, packets / size / 30, packets * 10 / size / 30 % 10, bytes / size / 30, most, largest);
            assertThat(packets).isLessThanOrEqualTo(5L * 30 * size);
            assertThat(largest).isLessThanOrEqualTo(1_200);
        }
    }

    @Test
    void slowNodesBuryFewerOfTheOthersWithLocalHealthThanWithout() {
        MembershipConfig standard = MembershipConfig.standard();
        Set<MembershipFlaw> bare =
                EnumSet.of(MembershipFlaw.COUNTS_ITS_OWN_PAUSES, MembershipFlaw.BELIEVES_DEATH_AT_ONCE);
        long[] whole = slowNodes("all of it", standard);
        slowNodes("without local health and long suspicions", standard.withoutLifeguard());
        long[] plain = slowNodes("plain SWIM", standard.withoutLifeguard().withFlaws(bare));
        assertThat(plain[0]).as("the pauses hurt at all").isPositive();
        assertThat(whole[0] * 10).isLessThanOrEqualTo(plain[0]);
        assertThat(whole[1] * 10).isLessThanOrEqualTo(plain[1]);
    }

    /**
     * Six seeds of 16 nodes, 4 of which read late and stand still half of the time; counts what befalls the other 12.
     */
    private static long[] slowNodes(String what, MembershipConfig config) {
        long deaths = 0;
        long suspicions = 0;
        for (long seed = 0; seed < 6; seed++) {
            World world = new World(seed, config, 16);
            world.checks.lenient = true;
            settle(world);
            world.checks.victims = number -> number > 4;
            SplittableRandom random = new SplittableRandom(seed);
            for (int slow = 0; slow < 4; slow++) {
                world.nodes.get(slow).mostLagMs = 2_500;
                stumble(world, world.nodes.get(slow), random.split());
            }
            world.runUntil(world.nowMs + 300_000);
            deaths += world.checks.falseDeaths;
            suspicions += world.checks.suspicions;
        }
        System.out.printf(
                "4 slow nodes of 16 for half an hour, %s: %d deaths and %d suspicions of healthy nodes%n",
                what, deaths, suspicions);
        return new long[] {deaths, suspicions};
    }

    private static void stumble(World world, SimNode node, SplittableRandom random) {
        long forMs = 1L << random.nextInt(7, 14);
        world.pause(node, forMs);
        world.at(world.nowMs + forMs + random.nextLong(1, forMs + 1), () -> stumble(world, node, random));
    }

    private static long restart(long seed, int size, long downMs, int lossPerMille) {
        World world = settled(seed, size, NONE);
        world.lossPerMille = lossPerMille;
        SimNode victim = world.nodes.get((int) (seed % size));
        world.stop(victim);
        world.runUntil(world.nowMs + downMs);
        world.start(victim);
        long startMs = world.nowMs;
        runUntil(world, 10_000, () -> aliveInThisLife(world, victim));
        long tookMs = world.nowMs - startMs;
        world.lossPerMille = 0;
        for (int look = 0; look < 40; look++) {
            world.runUntil(world.nowMs + 250);
            assertThat(lossPerMille > 0 || allHold(world, victim, MemberState.ALIVE))
                    .isTrue();
        }
        return tookMs;
    }

    private static boolean aliveInThisLife(World world, SimNode node) {
        Member word = node.view().members().get(node.id);
        return world.live().stream().allMatch(observer -> {
            Member held = observer.view().members().get(node.id);
            return held != null
                    && word != null
                    && held.state() == MemberState.ALIVE
                    && held.incarnation() == word.incarnation()
                    && held.heartbeat() <= word.heartbeat();
        });
    }

    private static boolean allAlive(World world) {
        return world.nodes.stream().allMatch(node -> aliveInThisLife(world, node));
    }

    private static boolean allHold(World world, SimNode node, MemberState state) {
        return world.live().stream().allMatch(observer -> holds(observer, node, state));
    }

    private static boolean noneHolds(World world, SimNode node, MemberState state) {
        return world.live().stream().noneMatch(observer -> holds(observer, node, state));
    }

    private static boolean holds(SimNode observer, SimNode node, MemberState state) {
        return observer.view()
                .member(node.id)
                .filter(member -> member.state() == state)
                .isPresent();
    }

    private static World settled(long seed, int size, Set<MembershipFlaw> flaws) {
        World world = new World(seed, MembershipConfig.standard().withFlaws(flaws), size);
        settle(world);
        return world;
    }

    private static void settle(World world) {
        for (SimNode node : world.nodes) {
            world.at(world.nowMs + node.number % 7 * 150L, () -> world.start(node));
        }
        world.runUntil(world.nowMs + 30_000);
        assertThat(allAlive(world)).as("all alive 30 s after the start").isTrue();
    }

    private static void runUntil(World world, long mostMs, BooleanSupplier reached) {
        long startMs = world.nowMs;
        while (!reached.getAsBoolean()) {
            assertThat(world.nowMs - startMs).as("waited for too long").isLessThan(mostMs);
            world.runUntil(world.nowMs + 50);
        }
    }
}
