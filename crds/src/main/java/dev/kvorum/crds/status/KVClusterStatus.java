package dev.kvorum.crds.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about one cluster.
 *
 * @param observedGeneration the generation of the spec that this status answers
 * @param clusterId the first uid of the KVCluster, kept with the data for good
 * @param replicas nodes that the StatefulSets ask for
 * @param nodes ready nodes of all, such as {@code 2/3}
 * @param selector labels of the pods, for the scale subresource
 * @param journal the last 20 decisions, oldest first, each {@code <time> <reason>: <text>}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KVClusterStatus(
        @JsonPropertyDescription("Generation of the spec that this status answers.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; conditions are the contract.") @Size(max = 32) @Nullable
        String phase,

        @JsonPropertyDescription("Identity of the data, kept for good.") @Size(max = 64) @Nullable
        String clusterId,

        @JsonPropertyDescription("Nodes asked for in all StatefulSets.") @StatusReplicas @Nullable
        Integer replicas,

        @JsonPropertyDescription("Nodes that serve.") @Nullable
        Integer readyReplicas,

        @JsonPropertyDescription("Nodes that serve, of all.") @Size(max = 16) @Nullable
        String nodes,

        @JsonPropertyDescription("Zones that hold nodes.") @Nullable
        Integer zones,

        @JsonPropertyDescription("Version that the nodes report; a range while they differ.") @Size(max = 64) @Nullable
        String version,

        @JsonPropertyDescription("Labels of the pods, for the scale subresource.")
        @LabelSelector
        @Size(max = 512)
        @Nullable
        String selector,

        @JsonPropertyDescription("The ring as its nodes hold it.") @Nullable
        RingStatus ring,

        @JsonPropertyDescription("What the autoscaler last decided.") @Nullable
        AutoscalerStatus autoscaler,

        @JsonPropertyDescription("Where clients connect inside the Kubernetes cluster.") @Nullable
        Endpoints endpoints,

        @JsonPropertyDescription("The contract of this status.") @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("The last 20 decisions, oldest first.") @Size(max = 20)
        List<@Size(max = 256) String> journal) {

    public KVClusterStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        journal = List.copyOf(Objects.requireNonNullElse(journal, List.of()));
    }
}
