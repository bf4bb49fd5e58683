package dev.kvorum.operator.plan;

import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.operator.desired.Blueprint;
import dev.kvorum.operator.desired.ClusterObjects;
import dev.kvorum.operator.desired.Settled;
import dev.kvorum.operator.desired.Spread;
import dev.kvorum.operator.desired.Topology;
import dev.kvorum.operator.desired.Topology.Place;
import dev.kvorum.operator.desired.Topology.ZoneSize;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.BootstrapDocument.Node;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.observe.PodSeen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the objects are to be made from. Once there is data, that is what the running nodes were made from: a ring
 * cannot
 * change yet, so another size, and whatever needs a restart, waits.
 *
 * @param wanted the nodes that the spec asks for
 * @param wantedSettled what the spec's nodes would be made from
 * @param objects what should be there, in the order in which it is needed
 * @param document the founding document, decided now or earlier; empty before all nodes answered, and for adopted data
 */
record Design(
        Identity identity,
        Topology wanted,
        Settled wantedSettled,
        Optional<BootstrapDocument> document,
        Blueprint blueprint,
        List<HasMetadata> objects) {

    static Design of(Observed seen, Site site) {
        KVClusterSpec spec = seen.spec();
        Identity identity = Identity.of(seen);
        Topology wanted = Spread.of(spec.replicas(), spec.zones());
        Topology running = running(seen, identity, wanted);
        Settled wantedSettled = Settled.of(spec, site.nodeImage());
        Optional<BootstrapDocument> document = document(seen, identity, running, site);
        var blueprint = new Blueprint(
                seen.cluster(),
                spec,
                settled(seen, identity, wantedSettled),
                running,
                document.map(founding -> text(seen, founding)),
                disruptions(seen, identity, running),
                site.site());
        return new Design(identity, wanted, wantedSettled, document, blueprint, ClusterObjects.of(blueprint));
    }

    Topology running() {
        return blueprint.topology();
    }

    /** What waits for a roll, in the words of the spec. */
    List<String> waiting() {
        return blueprint.settled().differences(wantedSettled);
    }

    /** The nodes of the ring if there is one, in the best order of knowing; else what the spec asks. */
    private static Topology running(Observed seen, Identity identity, Topology wanted) {
        return switch (identity) {
            // A document may have reached a node that does not answer now: then its nodes are the nodes.
            case Identity.Fresh _ ->
                seen.document()
                        .map(document -> topology(document.nodes()))
                        .filter(founding -> emptyNodes(seen, founding).size() < founding.size())
                        .orElse(wanted);
            case Identity.Mixture _ ->
                Stream.of(claimed(seen), live(seen), Optional.of(wanted))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow();
            case Identity.Known _ ->
                Stream.of(
                                seen.document().map(document -> topology(document.nodes())),
                                seen.ring().map(ring -> topology(ring.nodes())),
                                claimed(seen),
                                live(seen),
                                Optional.of(wanted))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElseThrow();
        };
    }

    private static Topology topology(List<Node> nodes) {
        return Topology.ofPlaces(nodes.stream().map(node -> {
            String ordinal = node.name().substring(node.name().lastIndexOf('-') + 1);
            return new Place(node.zone(), Integer.parseInt(ordinal));
        }));
    }

    private static Optional<Topology> claimed(Observed seen) {
        return some(Topology.ofPlaces(seen.claims().stream()
                .filter(claim -> claim.clusterId() != null)
                .map(claim -> claim.place())));
    }

    private static Optional<Topology> live(Observed seen) {
        return some(new Topology(seen.statefulSets()
                .map(set -> new ZoneSize(
                        set.getMetadata()
                                .getName()
                                .substring(seen.cluster().name().length() + 1),
                        set.getSpec().getReplicas()))
                .toList()));
    }

    private static Optional<Topology> some(Topology topology) {
        return topology.size() == 0 ? Optional.empty() : Optional.of(topology);
    }

    /** Nothing that runs changes; while nothing runs, a corrected spec takes effect at once. Volumes never change. */
    private static Settled settled(Observed seen, Identity identity, Settled wanted) {
        boolean frozen = switch (identity) {
            case Identity.Fresh _ -> false;
            case Identity.Known _ -> seen.pods().stream().anyMatch(PodSeen::running);
            case Identity.Mixture _ -> true;
        };
        return seen.settled()
                .map(settled -> frozen ? settled : wanted.keeping(settled))
                .orElse(wanted);
    }

    /**
     * Decided once, when every node of a new cluster answered that it is empty; kept as written down from then on. If a
     * volume was lost before any node accepted it, it is decided anew.
     */
    private static Optional<BootstrapDocument> document(Observed seen, Identity identity, Topology running, Site site) {
        return switch (identity) {
            case Identity.Fresh _ -> {
                Map<String, NodeReport> empty = emptyNodes(seen, running);
                if (empty.size() < running.size()) {
                    yield seen.document();
                }
                yield seen.document()
                        .filter(document -> document.nodes().size() == empty.size()
                                && empty.values().stream().allMatch(node -> document.names(node.id())))
                        .or(() -> Optional.of(Founding.document(
                                seen.cluster(),
                                seen.spec(),
                                running,
                                empty,
                                site.site().adminPort())));
            }
            case Identity.Known _ -> seen.document();
            case Identity.Mixture _ -> seen.document();
        };
    }

    /** As it was written down, to the letter, where it was. */
    private static String text(Observed seen, BootstrapDocument document) {
        return seen.document().filter(document::equals).isPresent()
                ? seen.documentText().orElseThrow()
                : Serialization.asJson(document);
    }

    private static Map<String, NodeReport> emptyNodes(Observed seen, Topology running) {
        List<String> places = running.pods(seen.cluster());
        return seen.pods().stream()
                .filter(pod -> places.contains(pod.name())
                        && pod.answer().heard().filter(NodeReport::isEmpty).isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        PodSeen::name, pod -> pod.answer().heard().orElseThrow()));
    }

    private static OptionalInt disruptions(Observed seen, Identity identity, Topology running) {
        if (running.size() < 2) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                switch (identity) {
                    case Identity.Fresh _ -> 1;
                    case Identity.Known _ ->
                        seen.ring()
                                .map(ring -> Shards.of(seen, ring)
                                                .spareOne(Levels.of(seen).write())
                                        ? 1
                                        : 0)
                                .orElseGet(() -> liveBudget(seen));
                    case Identity.Mixture _ -> liveBudget(seen);
                });
    }

    /** As long as no node says what the ring is, the budget stays as it is. */
    private static int liveBudget(Observed seen) {
        return seen.objects().stream()
                .filter(object ->
                        object instanceof PodDisruptionBudget && seen.cluster().owns(object))
                .map(budget -> ((PodDisruptionBudget) budget)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .findFirst()
                .orElse(0);
    }
}
