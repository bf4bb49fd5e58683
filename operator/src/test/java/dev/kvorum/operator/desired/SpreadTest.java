package dev.kvorum.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.spec.Zone;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {

    @ParameterizedTest
    @CsvSource({
        "3, 1, 1, 1, 'zone-a 1, zone-b 1, zone-c 1'",
        "4, 1, 1, 1, 'zone-a 2, zone-b 1, zone-c 1'",
        "6, 1, 1, 1, 'zone-a 2, zone-b 2, zone-c 2'",
        "6, 2, 1, 1, 'zone-a 3, zone-b 2, zone-c 1'",
        "8, 2, 1, 1, 'zone-a 4, zone-b 2, zone-c 2'",
        "3, 100, 1, 1, 'zone-a 1, zone-b 1, zone-c 1'",
        "10, 100, 1, 1, 'zone-a 8, zone-b 1, zone-c 1'",
    })
    void nodesFollowTheWeights(int nodes, int a, int b, int c, String expected) {
        var zones = List.of(new Zone("zone-a", a, null), new Zone("zone-b", b, null), new Zone("zone-c", c, null));

        assertThat(Spread.of(nodes, zones)).hasToString(expected);
    }

    /** For any weights: all nodes are placed, no zone is empty, and nobody is further from its share than need be. */
    @Test
    void everySpreadIsWholeAndFair() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 10_000; round++) {
            var zones = IntStream.range(0, 1 + random.nextInt(9))
                    .mapToObj(zone -> new Zone("z" + zone, 1 + random.nextInt(100), null))
                    .toList();
            int nodes = zones.size() + random.nextInt(200);

            Topology spread = Spread.of(nodes, zones);

            assertThat(spread.size()).as("seed %d round %d", seed, round).isEqualTo(nodes);
            long weights = zones.stream().mapToLong(Zone::weight).sum();
            for (Zone zone : zones) {
                int given = spread.nodes(zone.name());
                assertThat(given).as("seed %d round %d", seed, round).isPositive();
                assertThat(given * weights)
                        .as("seed %d round %d: %s of %d over %s", seed, round, spread, nodes, zones)
                        .isLessThan(Math.max(weights + 1, nodes * (long) zone.weight() + weights));
            }
        }
    }
}
