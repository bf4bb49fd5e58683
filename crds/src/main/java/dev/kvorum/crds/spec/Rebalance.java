package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Objects;

/**
 * How data moves when the ring changes.
 *
 * @param bytesPerSecondPerNode the throttle of each node, such as {@code 50Mi}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rebalance(
        @JsonPropertyDescription("Manual: a plan waits until a person approves it.") @Default("Auto")
        Approval approval,

        @JsonPropertyDescription("Shards that one node sends or receives at a time.") @Default("2") @Min(1) @Max(64)
        Integer maxConcurrentMovesPerNode,

        @JsonPropertyDescription("Throttle of each node in bytes per second, such as 50Mi.")
        @Default("50Mi")
        @ValidationRule(
                value = "type(self) == int ? self >= 1 : self.matches('^[1-9][0-9]{0,9}(Ki|Mi|Gi)?$')",
                messageExpression =
                        "'spec.rebalance.bytesPerSecondPerNode is ' + (type(self) == int ? number(int(self)) :"
                                + " self) + '; use bytes with Ki, Mi or Gi, such as 50Mi'")
        IntOrString bytesPerSecondPerNode) {

    static final IntOrString BYTES_PER_SECOND = new IntOrString("50Mi");
    static final Rebalance DEFAULT = new Rebalance(Approval.AUTO, 2, BYTES_PER_SECOND);

    public Rebalance {
        approval = Objects.requireNonNullElse(approval, Approval.AUTO);
        maxConcurrentMovesPerNode = Objects.requireNonNullElse(maxConcurrentMovesPerNode, 2);
        bytesPerSecondPerNode = Objects.requireNonNullElse(bytesPerSecondPerNode, BYTES_PER_SECOND);
    }

    /** Who starts a plan. */
    public enum Approval {
        @JsonProperty("Auto")
        AUTO,
        @JsonProperty("Manual")
        MANUAL
    }
}
