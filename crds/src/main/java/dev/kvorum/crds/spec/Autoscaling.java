package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how the number of nodes follows the load.
 *
 * @param minReplicas never fewer nodes; rounded up to whole zone rounds
 * @param maxReplicas never more nodes; rounded down to whole zone rounds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.mode != 'Auto' || (has(self.minReplicas) && has(self.maxReplicas))",
        message = "spec.autoscaling.mode is Auto without minReplicas and maxReplicas; set both")
@ValidationRule(
        value = "self.mode != 'Auto' || has(self.targets.opsPerNode) || has(self.targets.cpuUtilization)"
                + " || has(self.targets.storageUtilization) || has(self.targets.p99Milliseconds)",
        fieldPath = ".targets",
        message = "spec.autoscaling.mode is Auto without a target; set one of spec.autoscaling.targets, such as"
                + " cpuUtilization: 65")
public record Autoscaling(
        @JsonPropertyDescription("Off, Recommend (status only) or Auto.") @Default("Off")
        Mode mode,

        @JsonPropertyDescription("Never fewer nodes.") @Min(1) @Max(512) @Nullable
        Integer minReplicas,

        @JsonPropertyDescription("Never more nodes.") @Min(1) @Max(512) @Nullable
        Integer maxReplicas,

        @JsonPropertyDescription("What one node should carry; any subset, at least one in Auto.") @Default("{}")
        Targets targets,

        @JsonPropertyDescription("How fast nodes are added.") @Default("{}")
        ScaleUp scaleUp,

        @JsonPropertyDescription("How fast nodes are removed.") @Default("{}")
        ScaleDown scaleDown) {

    static final Autoscaling DEFAULT =
            new Autoscaling(Mode.OFF, null, null, Targets.NONE, ScaleUp.DEFAULT, ScaleDown.DEFAULT);

    public Autoscaling {
        mode = Objects.requireNonNullElse(mode, Mode.OFF);
        targets = Objects.requireNonNullElse(targets, Targets.NONE);
        scaleUp = Objects.requireNonNullElse(scaleUp, ScaleUp.DEFAULT);
        scaleDown = Objects.requireNonNullElse(scaleDown, ScaleDown.DEFAULT);
    }

    /** Who decides the number of nodes. */
    public enum Mode {
        /** {@code spec.replicas}. */
        @JsonProperty("Off")
        OFF,
        /** {@code spec.replicas}; what the autoscaler would do is in the status. */
        @JsonProperty("Recommend")
        RECOMMEND,
        /** The autoscaler. */
        @JsonProperty("Auto")
        AUTO
    }

    /** What one node should carry. An absent target is not looked at. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Targets(
            @JsonPropertyDescription("Client operations per second and node.") @Min(1) @Max(10_000_000) @Nullable
            Integer opsPerNode,

            @JsonPropertyDescription("Percentage of requests.cpu.") @Min(1) @Max(100) @Nullable
            Integer cpuUtilization,

            @JsonPropertyDescription("Percentage of the volume.") @Min(1) @Max(90) @Nullable
            Integer storageUtilization,

            @JsonPropertyDescription("99th percentile of request times in milliseconds.") @Min(1) @Max(60_000) @Nullable
            Integer p99Milliseconds) {

        static final Targets NONE = new Targets(null, null, null, null);
    }

    /** How fast nodes are added. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ScaleUp(
            @JsonPropertyDescription("How long demand must hold before nodes are added, in seconds.")
            @Default("60")
            @Min(0)
            @Max(86_400)
            Integer stabilizationSeconds) {

        static final ScaleUp DEFAULT = new ScaleUp(60);

        public ScaleUp {
            stabilizationSeconds = Objects.requireNonNullElse(stabilizationSeconds, 60);
        }
    }

    /** How fast nodes are removed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ScaleDown(
            @JsonPropertyDescription("How long demand must stay low before nodes are removed, in seconds.")
            @Default("3600")
            @Min(0)
            @Max(604_800)
            Integer stabilizationSeconds,

            @JsonPropertyDescription("At most this percentage of the nodes leaves per window.")
            @Default("34")
            @Min(1)
            @Max(100)
            Integer maxPercent) {

        static final ScaleDown DEFAULT = new ScaleDown(3600, 34);

        public ScaleDown {
            stabilizationSeconds = Objects.requireNonNullElse(stabilizationSeconds, 3600);
            maxPercent = Objects.requireNonNullElse(maxPercent, 34);
        }
    }
}
