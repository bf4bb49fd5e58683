package dev.kvorum.crds.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the autoscaler last decided.
 *
 * @param since when it decided so, RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoscalerStatus(
        @JsonPropertyDescription("The size it wants.") @Nullable
        Integer targetReplicas,

        @JsonPropertyDescription("Why.") @Size(max = 256) @Nullable
        String reason,

        @JsonPropertyDescription("Since when.") @Size(max = 40) @Nullable
        String since) {}
