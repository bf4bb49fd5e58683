package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/** Who may reach the client doors; an empty list is everyone. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Clients(
        @JsonPropertyDescription("Peers as in a NetworkPolicy. Empty: everyone.") @Default("[]") @Size(max = 32)
        List<PolicyPeer> from) {

    static final Clients DEFAULT = new Clients(List.of());

    public Clients {
        from = List.copyOf(Objects.requireNonNullElse(from, List.of()));
    }
}
