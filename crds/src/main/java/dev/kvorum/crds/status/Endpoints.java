package dev.kvorum.crds.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where clients connect inside the Kubernetes cluster: a URL and a {@code host:port}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Endpoints(
        @JsonPropertyDescription("HTTP address of the client Service.") @Size(max = 256) @Nullable
        String http,

        @JsonPropertyDescription("RESP address of the client Service.") @Size(max = 256) @Nullable
        String resp) {}
