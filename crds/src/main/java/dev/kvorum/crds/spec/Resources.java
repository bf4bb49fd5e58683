package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** CPU and memory of each node, as in a container. Absent amounts are not set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resources(
        @JsonPropertyDescription("What the scheduler sets aside.") @Default("{}")
        Amounts requests,

        @JsonPropertyDescription("What the container may not exceed.") @Default("{}")
        Amounts limits) {

    static final Resources DEFAULT = new Resources(Amounts.NONE, Amounts.NONE);

    public Resources {
        requests = Objects.requireNonNullElse(requests, Amounts.NONE);
        limits = Objects.requireNonNullElse(limits, Amounts.NONE);
    }

    /**
     * Amounts of one kind.
     *
     * @param cpu cores, such as {@code 2}, {@code "0.5"} or {@code 500m}
     * @param memory bytes, such as {@code 1Gi}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Amounts(
            @JsonPropertyDescription("Cores, such as 2, \"0.5\" or 500m.")
            @ValidationRule(
                    value = "type(self) == int ? self >= 1"
                            + " : self.matches('^([1-9][0-9]{0,5}m?|[0-9]{1,4}\\\\.[0-9]{1,3})$')",
                    messageExpression =
                            Amounts.GIVEN + " + ' is no amount of cpu; use cores such as 2 or \"0.5\", or thousandths"
                                    + " such as 500m'")
            @Nullable
            IntOrString cpu,

            @JsonPropertyDescription("Bytes, such as 1Gi.")
            @ValidationRule(
                    value = "type(self) == int ? self >= 1"
                            + " : self.matches('^[1-9][0-9]{0,14}(k|M|G|T|Ki|Mi|Gi|Ti)?$')",
                    messageExpression =
                            Amounts.GIVEN + " + ' is no amount of memory; use bytes with a unit, such as 1Gi'")
            @Nullable
            IntOrString memory) {

        private static final String GIVEN = "(type(self) == int ? number(int(self)) : '\"' + self + '\"')";

        static final Amounts NONE = new Amounts(null, null);
    }
}
