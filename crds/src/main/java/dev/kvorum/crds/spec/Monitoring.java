package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/**
 * Who may read metrics.
 *
 * @param from who besides the operator's namespace may reach the admin door
 * @param serviceMonitor refused until the chart brings what it needs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Monitoring(
        @JsonPropertyDescription("Peers, as in a NetworkPolicy, that may reach the admin door besides the operator.")
        @Default("[]")
        @Size(max = 32)
        List<PolicyPeer> from,

        @JsonPropertyDescription("Whether to make a ServiceMonitor. Not in this release.")
        @Default("false")
        @ValidationRule(
                value = "!self",
                message = "spec.monitoring.serviceMonitor is true, but this release makes no ServiceMonitor; set"
                        + " it to false and scrape port 9600 of the pods")
        Boolean serviceMonitor) {

    static final Monitoring DEFAULT = new Monitoring(List.of(), false);

    public Monitoring {
        from = List.copyOf(Objects.requireNonNullElse(from, List.of()));
        serviceMonitor = Objects.requireNonNullElse(serviceMonitor, false);
    }
}
