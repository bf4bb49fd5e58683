package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;

/** How nodes are restarted for a change; never nodes of two zones at a time. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rolling(
        @JsonPropertyDescription("Nodes of one zone that may be down for a change at the same time.")
        @Default("1")
        @Min(1)
        @Max(64)
        Integer maxUnavailable) {

    static final Rolling DEFAULT = new Rolling(1);

    public Rolling {
        maxUnavailable = Objects.requireNonNullElse(maxUnavailable, 1);
    }
}
