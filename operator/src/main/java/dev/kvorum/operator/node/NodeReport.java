package dev.kvorum.operator.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about itself ({@code GET /admin/v1/node}).
 *
 * @param id 40 hex digits, minted by the empty volume
 * @param reason why it does not serve, for people
 * @param clusterId of the accepted bootstrap document; null without one
 * @param epoch of the ring it holds; 0 without one
 * @param ringHash of the table it holds; null without one
 * @param buckets as in the accepted document, so that they can be handed on as they are
 * @param nodes ids named in the accepted document
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeReport(
        String id,
        String name,
        String zone,
        State state,
        @Nullable String reason,
        @Nullable String clusterId,
        long epoch,
        @Nullable String ringHash,
        String version,
        int shards,
        int factor,
        List<BootstrapDocument.Bucket> buckets,
        List<String> nodes) {

    public NodeReport {
        buckets = List.copyOf(Objects.requireNonNullElse(buckets, List.of()));
        nodes = List.copyOf(Objects.requireNonNullElse(nodes, List.of()));
    }

    /** Whether it has accepted no document yet. */
    public boolean isEmpty() {
        return state == State.EMPTY;
    }

    /** What a node is doing. */
    public enum State {
        @JsonProperty("starting")
        STARTING,
        @JsonProperty("empty")
        EMPTY,
        @JsonProperty("recovering")
        RECOVERING,
        @JsonProperty("ready")
        READY,
        @JsonProperty("fenced")
        FENCED,
        @JsonProperty("draining")
        DRAINING
    }
}
