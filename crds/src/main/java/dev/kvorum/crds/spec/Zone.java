package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One place that may fail as a whole.
 *
 * @param weight share of the nodes, relative to the other zones
 * @param nodeSelector absent: Kubernetes nodes labelled {@code topology.kubernetes.io/zone=<name>}; empty: a logical
 *     zone,
 *     any node
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Zone(
        @JsonPropertyDescription("The zone's name, by default also the value of topology.kubernetes.io/zone.")
        @Required
        @Size(min = 1, max = 40)
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
                messageExpression =
                        "'spec.zones has a zone named \"' + self + '\"; use lower-case letters," + " digits and \"-\"'")
        String name,

        @JsonPropertyDescription("Share of the nodes, relative to the other zones.") @Default("1") @Min(1) @Max(100)
        Integer weight,

        @JsonPropertyDescription(
                "Labels of the Kubernetes nodes to use instead of the zone label. {} is a logical zone: any" + " node.")
        @Size(max = 16)
        @ValidationRule(
                value = Syntax.LABELS_RULE,
                messageExpression =
                        "'spec.zones[].nodeSelector has \"' + " + Syntax.BAD_LABEL + " + '" + Syntax.LABELS_REMEDY)
        @Nullable
        Map<String, @Size(max = 63) String> nodeSelector) {

    public Zone {
        weight = Objects.requireNonNullElse(weight, 1);
    }
}
