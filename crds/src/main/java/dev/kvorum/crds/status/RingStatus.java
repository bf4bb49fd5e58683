package dev.kvorum.crds.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ring as its nodes hold it.
 *
 * @param hash of the table, equal on all nodes at one epoch
 * @param movesRemaining shards that still change nodes
 * @param voters names of the nodes that decide the ring, sorted
 * @param leader name of the one among them that leads, or was the last known to; null before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RingStatus(
        @JsonPropertyDescription("Version of the ring.") @Nullable
        Long epoch,

        @JsonPropertyDescription("Hash of the ring's table.") @Size(max = 64) @Nullable
        String hash,

        @JsonPropertyDescription("Shards of the ring.") @Nullable
        Integer shards,

        @JsonPropertyDescription("Nodes of the ring in each zone.") @Size(max = 9)
        List<ZoneNodes> zones,

        @JsonPropertyDescription("Shards that still change nodes.") @Nullable
        Integer movesRemaining,

        @JsonPropertyDescription("Bytes still to copy.") @Nullable
        Long bytesRemaining,

        @JsonPropertyDescription("Estimated seconds to the end of the change.") @Nullable
        Long etaSeconds,

        @JsonPropertyDescription("Nodes that vote in the authority.") @Size(max = 9)
        List<@Size(max = 63) String> voters,

        @JsonPropertyDescription("The node that leads the authority, or led it last.") @Size(max = 63) @Nullable
        String leader) {

    public RingStatus {
        voters = List.copyOf(Objects.requireNonNullElse(voters, List.of()));
        zones = List.copyOf(Objects.requireNonNullElse(zones, List.of()));
    }

    /** Nodes of the ring in one zone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ZoneNodes(
            @JsonPropertyDescription("The zone.") @Required @Size(max = 40)
            String name,

            @JsonPropertyDescription("Its nodes in the ring.") @Required
            Integer nodes) {}
}
