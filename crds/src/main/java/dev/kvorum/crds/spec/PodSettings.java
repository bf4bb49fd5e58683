package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What else the pods of the nodes carry.
 *
 * @param affinity as in a pod; added to the operator's own spreading
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodSettings(
        @JsonPropertyDescription("Tolerations of the pods.") @Default("[]") @Size(max = 32)
        List<Toleration> tolerations,

        @JsonPropertyDescription("Affinity as in a pod, beside the operator's own spreading over hosts.")
        @PreserveUnknownFields
        @Size(max = 3)
        @Nullable
        Map<String, Object> affinity,

        @JsonPropertyDescription("Priority class of the pods.") @Size(min = 1, max = 253) @Nullable
        String priorityClassName,

        @JsonPropertyDescription("Names of Secrets with registry credentials.") @Default("[]") @Size(max = 16)
        List<@Size(max = 253) String> imagePullSecrets,

        @JsonPropertyDescription("Labels added to the pods.") @Default("{}") @Size(max = 32)
        Map<String, @Size(max = 63) String> labels,

        @JsonPropertyDescription("Annotations added to the pods.") @Default("{}") @Size(max = 32)
        Map<String, @Size(max = 1024) String> annotations) {

    static final PodSettings DEFAULT = new PodSettings(List.of(), null, null, List.of(), Map.of(), Map.of());

    public PodSettings {
        tolerations = List.copyOf(Objects.requireNonNullElse(tolerations, List.of()));
        imagePullSecrets = List.copyOf(Objects.requireNonNullElse(imagePullSecrets, List.of()));
        labels = Objects.requireNonNullElse(labels, Map.of());
        annotations = Objects.requireNonNullElse(annotations, Map.of());
    }

    /** As in a pod. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Toleration(
            @JsonPropertyDescription("Taint key. Absent: every taint.") @Size(max = 316) @Nullable
            String key,

            @JsonPropertyDescription("Equal or Exists.") @Size(max = 16) @Nullable
            String operator,

            @JsonPropertyDescription("Taint value for Equal.") @Size(max = 63) @Nullable
            String value,

            @JsonPropertyDescription("Taint effect. Absent: every effect.") @Size(max = 32) @Nullable
            String effect,

            @JsonPropertyDescription("How long a NoExecute taint is tolerated. Absent: for ever.")
            @Min(0)
            @Max(31_536_000)
            @Nullable
            Long tolerationSeconds) {}
}
