package dev.kvorum.operator.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * The founding document of a cluster: the same for every node, and for good. A node keeps the first it accepts.
 *
 * @param clusterId the first uid of the KVCluster
 * @param read {@code one}, {@code quorum}, {@code all} or a number in digits
 * @param nodes sorted by zone, then ordinal
 * @param voters ids of those that decide the ring
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "clusterId",
    "generation",
    "shards",
    "factor",
    "read",
    "write",
    "durability",
    "nodes",
    "voters",
    "buckets"
})
public record BootstrapDocument(
        String clusterId,
        int generation,
        int shards,
        int factor,
        Object read,
        Object write,
        String durability,
        List<Node> nodes,
        List<String> voters,
        List<Bucket> buckets) {

    public BootstrapDocument {
        nodes = List.copyOf(nodes);
        voters = List.copyOf(voters);
        buckets = List.copyOf(buckets);
    }

    /** Whether the document names this node id. */
    public boolean names(String id) {
        return nodes.stream().anyMatch(node -> node.id().equals(id));
    }

    /** Whether the document has a place for this pod, whatever the id of its node was then. */
    public boolean hasPlaceFor(String pod) {
        return nodes.stream().anyMatch(node -> node.name().equals(pod));
    }

    /**
     * One founding node.
     *
     * @param weight share of the shards, relative to the others
     * @param host name under which its peers find it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Node(String id, String name, String zone, int weight, String host, Ports ports) {}

    /** Ports of a node. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Ports(int http, int resp, int peer, int membership, int admin) {}

    /** A key space with its contract; {@code read} and {@code write} as in the document. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Bucket(String name, String mode, String conflict, Object read, Object write, boolean sloppy) {}
}
