package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import java.util.Objects;

/** The Service that clients use. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceSettings(
        @JsonPropertyDescription("How the Service is reached.") @Default("ClusterIP")
        Type type,

        @JsonPropertyDescription("Annotations of the Service, such as those a load balancer reads.")
        @Default("{}")
        @Size(max = 32)
        Map<String, @Size(max = 1024) String> annotations) {

    static final ServiceSettings DEFAULT = new ServiceSettings(Type.CLUSTER_IP, Map.of());

    public ServiceSettings {
        type = Objects.requireNonNullElse(type, Type.CLUSTER_IP);
        annotations = Objects.requireNonNullElse(annotations, Map.of());
    }

    /** Service types that can carry clients. */
    public enum Type {
        @JsonProperty("ClusterIP")
        CLUSTER_IP,
        @JsonProperty("NodePort")
        NODE_PORT,
        @JsonProperty("LoadBalancer")
        LOAD_BALANCER
    }
}
