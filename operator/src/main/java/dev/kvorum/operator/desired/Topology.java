package dev.kvorum.operator.desired;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How many nodes are in which zone; zones in the order of their names, which is also the order of nodes everywhere. */
public record Topology(List<ZoneSize> zones) {

    public Topology {
        zones = zones.stream().sorted(Comparator.comparing(ZoneSize::zone)).toList();
    }

    public int size() {
        return zones.stream().mapToInt(ZoneSize::nodes).sum();
    }

    public int nodes(String zone) {
        return zones.stream()
                .filter(size -> size.zone().equals(zone))
                .mapToInt(ZoneSize::nodes)
                .sum();
    }

    /** Every place of a node, sorted by zone, then ordinal. */
    public List<Place> places() {
        return zones.stream()
                .flatMap(size -> IntStream.range(0, size.nodes()).mapToObj(ordinal -> new Place(size.zone(), ordinal)))
                .toList();
    }

    public List<String> pods(ClusterRef cluster) {
        return places().stream()
                .map(place -> cluster.pod(place.zone(), place.ordinal()))
                .toList();
    }

    /** Counts places: a zone with ordinals 0 and 2 has three nodes. */
    public static Topology ofPlaces(Stream<Place> places) {
        return new Topology(places
                .collect(Collectors.groupingBy(
                        Place::zone, Collectors.mapping(Function.identity(), Collectors.toList())))
                .entrySet()
                .stream()
                .map(zone -> new ZoneSize(
                        zone.getKey(),
                        1
                                + zone.getValue().stream()
                                        .mapToInt(Place::ordinal)
                                        .max()
                                        .orElseThrow()))
                .toList());
    }

    @Override
    public String toString() {
        return zones.stream().map(size -> size.zone() + " " + size.nodes()).collect(Collectors.joining(", "));
    }

    /** The nodes of one zone. */
    public record ZoneSize(String zone, int nodes) {}

    /** Where a node runs. */
    public record Place(String zone, int ordinal) {}
}
