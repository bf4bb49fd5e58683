package dev.kvorum.crds.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * One statement about the cluster, as all of Kubernetes makes them.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason one of a closed list of CamelCase words, see the reference page
 * @param lastTransitionTime when {@code status} last changed, RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @JsonPropertyDescription("What the statement is about.") @Required @Size(min = 1, max = 64)
        String type,

        @JsonPropertyDescription("True, False or Unknown.") @Required @Size(max = 8)
        String status,

        @JsonPropertyDescription("Generation of the spec that was judged.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("When the status last changed.") @Required @Size(max = 40)
        String lastTransitionTime,

        @JsonPropertyDescription("Why, as one word from a closed list.") @Required @Size(min = 1, max = 64)
        String reason,

        @JsonPropertyDescription("Why, for people, with what to do next.") @Required @Size(max = 1024)
        String message) {}
