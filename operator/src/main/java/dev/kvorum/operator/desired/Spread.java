package dev.kvorum.operator.desired;

import dev.kvorum.crds.spec.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Spreads nodes over zones by weight: one each, and the rest by the largest remainder, ties to the earlier zone. */
public final class Spread {

    private Spread() {}

    public static Topology of(int nodes, List<Zone> zones) {
        long weights = zones.stream().mapToLong(Zone::weight).sum();
        int[] shares = zones.stream()
                .mapToInt(zone -> Math.max(1, (int) (nodes * (long) zone.weight() / weights)))
                .toArray();
        var byNeed = Comparator.<Integer>comparingLong(zone ->
                        shares[zone] * weights - nodes * (long) zones.get(zone).weight())
                .thenComparing(Comparator.naturalOrder());
        for (int missing = nodes - IntStream.of(shares).sum(); missing != 0; missing += missing > 0 ? -1 : 1) {
            if (missing > 0) {
                shares[indexes(shares).stream().min(byNeed).orElseThrow()]++;
            } else {
                shares[
                        indexes(shares).stream()
                                .filter(zone -> shares[zone] > 1)
                                .max(byNeed)
                                .orElseThrow()]--;
            }
        }
        var sizes = new ArrayList<Topology.ZoneSize>();
        for (int zone = 0; zone < shares.length; zone++) {
            sizes.add(new Topology.ZoneSize(zones.get(zone).name(), shares[zone]));
        }
        return new Topology(sizes);
    }

    private static List<Integer> indexes(int[] shares) {
        return IntStream.range(0, shares.length).boxed().toList();
    }
}
