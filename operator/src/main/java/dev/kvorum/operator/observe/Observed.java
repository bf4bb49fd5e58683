package dev.kvorum.operator.observe;

import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.operator.desired.AdminSecret;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.desired.NodeConfigMap;
import dev.kvorum.operator.desired.Settled;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.RingReport;
import dev.kvorum.operator.node.Session;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cluster as seen at one moment. Immutable; the Fabric8 objects inside are not to be touched.
 *
 * @param generation of the spec
 * @param status as last written; null when lost or not yet there
 * @param objects owned objects, and foreign ones that sit on a name we want
 * @param pods sorted by name
 * @param claims sorted by name
 * @param ring as some node of the cluster holds it
 * @param session of this operator with the cluster's authority
 */
public record Observed(
        ClusterRef cluster,
        long generation,
        KVClusterSpec spec,
        @Nullable KVClusterStatus status,
        List<HasMetadata> objects,
        List<PodSeen> pods,
        List<ClaimSeen> claims,
        Optional<RingReport> ring,
        Session session) {

    public Observed {
        objects = List.copyOf(objects);
        pods = List.copyOf(pods);
        claims = List.copyOf(claims);
    }

    public Optional<HasMetadata> object(HasMetadata like) {
        return objects.stream()
                .filter(object -> object.getKind().equals(like.getKind())
                        && object.getMetadata()
                                .getName()
                                .equals(like.getMetadata().getName()))
                .findFirst();
    }

    public Optional<PodSeen> pod(String name) {
        return pods.stream().filter(pod -> pod.name().equals(name)).findFirst();
    }

    public Stream<StatefulSet> statefulSets() {
        return owned(StatefulSet.class);
    }

    /** What nodes said, for the pods whose nodes answered. */
    public Stream<NodeReport> reports() {
        return pods.stream().flatMap(pod -> pod.answer().heard().stream());
    }

    Observed withObjects(List<HasMetadata> more) {
        return new Observed(
                cluster,
                generation,
                spec,
                status,
                Stream.concat(objects.stream(), more.stream()).toList(),
                pods,
                claims,
                ring,
                session);
    }

    /** The bearer token of the cluster's admin doors; empty before its Secret is there. */
    public String token() {
        return token(cluster, objects);
    }

    static String token(ClusterRef cluster, List<HasMetadata> objects) {
        return objects.stream()
                .filter(object -> object instanceof Secret
                        && object.getMetadata().getName().equals(cluster.adminSecret())
                        && cluster.owns(object))
                .flatMap(secret -> Stream.ofNullable(((Secret) secret).getData()))
                .flatMap(content -> Stream.ofNullable(content.get(AdminSecret.TOKEN)))
                .map(token -> new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    /** What the objects were last made from. */
    public Optional<Settled> settled() {
        return Stream.concat(
                        contents(NodeConfigMap.SETTLED).stream(),
                        statefulSets()
                                .flatMap(set -> Optional.ofNullable(Objects.requireNonNullElse(
                                                        set.getMetadata().getAnnotations(), Map.of())
                                                .get(Settled.KEY))
                                        .stream()))
                .flatMap(json -> Settled.read((String) json).stream())
                .findFirst();
    }

    /** The bootstrap document that was decided, as it was written down. */
    public Optional<String> documentText() {
        return contents(NodeConfigMap.DOCUMENT);
    }

    public Optional<BootstrapDocument> document() {
        return documentText().flatMap(Observed::readDocument);
    }

    private static Optional<BootstrapDocument> readDocument(String json) {
        try {
            return Optional.of(Serialization.unmarshal(json, BootstrapDocument.class));
        } catch (RuntimeException e) {
            // Only a hand can cause this; the ring that nodes hold says the same.
            return Optional.empty();
        }
    }

    private Optional<String> contents(String key) {
        return owned(ConfigMap.class)
                .filter(map -> map.getMetadata().getName().equals(cluster.configMap()) && map.getData() != null)
                .flatMap(map -> Optional.ofNullable(map.getData().get(key)).stream())
                .findFirst();
    }

    private <T extends HasMetadata> Stream<T> owned(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).filter(cluster::owns);
    }
}
