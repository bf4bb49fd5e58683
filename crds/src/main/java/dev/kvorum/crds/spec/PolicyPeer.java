package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One peer as in a NetworkPolicy: pods and namespaces by label, or a block of addresses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.ipBlock) != (has(self.podSelector) || has(self.namespaceSelector))",
        message = "a peer in a from list needs either ipBlock, or podSelector and namespaceSelector (one or both)")
public record PolicyPeer(
        @JsonPropertyDescription("Pods by label. Absent: all pods of the namespaces.") @Nullable
        Labels podSelector,

        @JsonPropertyDescription("Namespaces by label. Absent: the cluster's own namespace.") @Nullable
        Labels namespaceSelector,

        @JsonPropertyDescription("A block of addresses.") @Nullable
        IpBlock ipBlock) {

    /** A label selector; no labels select everything. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Labels(
            @JsonPropertyDescription("Labels that must all be there.")
            @Size(max = 16)
            @ValidationRule(
                    value = Syntax.LABELS_RULE,
                    messageExpression = "'matchLabels has \"' + " + Syntax.BAD_LABEL + " + '" + Syntax.LABELS_REMEDY)
            Map<String, @Size(max = 63) String> matchLabels) {

        public Labels {
            matchLabels = Objects.requireNonNullElse(matchLabels, Map.of());
        }
    }

    /** Addresses in CIDR form, without some of them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record IpBlock(
            @JsonPropertyDescription("Addresses, such as 10.0.0.0/8.")
            @Required
            @Size(max = 49)
            @ValidationRule(
                    value = Syntax.CIDR_RULE,
                    messageExpression = "'cidr is \"' + self + '\"" + Syntax.CIDR_REMEDY)
            String cidr,

            @JsonPropertyDescription("Blocks within cidr that are left out.")
            @Size(max = 32)
            @ValidationRule(
                    value = Syntax.CIDRS_RULE,
                    message = "except has what is no block of addresses" + Syntax.EXCEPT_REMEDY)
            List<@Size(max = 49) String> except) {

        public IpBlock {
            except = List.copyOf(Objects.requireNonNullElse(except, List.of()));
        }
    }
}
