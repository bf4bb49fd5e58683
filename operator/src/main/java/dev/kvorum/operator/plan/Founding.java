package dev.kvorum.operator.plan;

import dev.kvorum.crds.spec.Bucket;
import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.desired.Doors;
import dev.kvorum.operator.desired.Topology;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.BootstrapDocument.Node;
import dev.kvorum.operator.node.BootstrapDocument.Ports;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.RingReport;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bootstrap document, as a pure function of what the nodes answered and the spec. */
final class Founding {

    private static final int GENERATION = 1;
    private static final int WEIGHT = 1;
    private static final int MAX_VOTERS = 5;

    private Founding() {}

    /** The founding document of a new cluster; {@code reports} by pod, one for every place of the topology. */
    static BootstrapDocument document(
            ClusterRef cluster, KVClusterSpec spec, Topology topology, Map<String, NodeReport> reports, int adminPort) {
        List<Node> nodes = topology.places().stream()
                .map(place -> {
                    String pod = cluster.pod(place.zone(), place.ordinal());
                    return new Node(
                            Objects.requireNonNull(reports.get(pod)).id(),
                            pod,
                            place.zone(),
                            WEIGHT,
                            cluster.host(pod),
                            ports(adminPort));
                })
                .toList();
        return document(cluster.uid(), spec, spec.shards(), spec.replication().factor(), nodes, buckets(spec));
    }

    /** The document that the nodes of a running cluster accepted, put together from what they hold. */
    static BootstrapDocument rebuilt(KVClusterSpec spec, RingReport ring, NodeReport accepted) {
        return document(ring.clusterId(), spec, ring.shards(), ring.factor(), ring.nodes(), accepted.buckets());
    }

    /** Buckets as documents spell them, with every level said. */
    static List<BootstrapDocument.Bucket> buckets(KVClusterSpec spec) {
        return spec.buckets().stream().map(bucket -> bucket(spec, bucket)).toList();
    }

    /** The largest odd number of nodes up to five, taken in turn from each zone. */
    static List<String> voters(List<Node> nodes) {
        int count = Math.min(MAX_VOTERS, nodes.size() - (nodes.size() + 1) % 2);
        var byZone = new TreeMap<String, List<Node>>();
        nodes.forEach(node ->
                byZone.computeIfAbsent(node.zone(), zone -> new ArrayList<>()).add(node));
        var voters = new ArrayList<String>();
        for (int round = 0; voters.size() < count; round++) {
            for (List<Node> zone : byZone.values()) {
                if (round < zone.size() && voters.size() < count) {
                    voters.add(zone.get(round).id());
                }
            }
        }
        return voters;
    }

    private static BootstrapDocument document(
            String clusterId,
            KVClusterSpec spec,
            int shards,
            int factor,
            List<Node> nodes,
            List<BootstrapDocument.Bucket> buckets) {
        return new BootstrapDocument(
                clusterId,
                GENERATION,
                shards,
                factor,
                Level.inDocument(spec.replication().read()),
                Level.inDocument(spec.replication().write()),
                word(spec.replication().durability()),
                nodes,
                voters(nodes),
                buckets);
    }

    private static BootstrapDocument.Bucket bucket(KVClusterSpec spec, Bucket bucket) {
        return new BootstrapDocument.Bucket(
                bucket.name(),
                word(bucket.mode()),
                word(bucket.conflict()),
                level(bucket.read(), spec.replication().read()),
                level(bucket.write(), spec.replication().write()),
                bucket.sloppy());
    }

    private static Object level(@Nullable IntOrString own, IntOrString standard) {
        return Level.inDocument(Objects.requireNonNullElse(own, standard));
    }

    private static Ports ports(int adminPort) {
        return new Ports(Doors.HTTP.port(), Doors.RESP.port(), Doors.PEER.port(), Doors.MEMBERSHIP.port(), adminPort);
    }

    /** The constants' names are the words of the document in capitals. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
