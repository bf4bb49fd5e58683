package dev.kvorum.operator.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * The ring as a node holds it ({@code GET /admin/v1/ring}).
 *
 * @param hash equal on all nodes at one epoch
 * @param nodes sorted by zone, then ordinal
 * @param table one row per shard, in order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RingReport(
        String clusterId,
        long epoch,
        String hash,
        int shards,
        int factor,
        List<BootstrapDocument.Node> nodes,
        List<Row> table) {

    public RingReport {
        nodes = List.copyOf(nodes);
        table = List.copyOf(table);
    }

    /** One shard and the ids of the nodes that hold it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Row(int shard, List<String> replicas) {

        public Row {
            replicas = List.copyOf(replicas);
        }
    }
}
