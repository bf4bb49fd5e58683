package dev.kvorum.operator.observe;

import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.desired.Topology.Place;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A claim of the cluster.
 *
 * @param clusterId whose data its volume holds, as far as an operator noted it
 * @param nodeId which node's
 * @param owners uids of its owners
 */
public record ClaimSeen(
        String name,
        Place place,
        String uid,
        @Nullable String clusterId,
        @Nullable String nodeId,
        List<String> owners) {

    static ClaimSeen of(PersistentVolumeClaim claim, Place place) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(claim.getMetadata().getAnnotations(), Map.of());
        return new ClaimSeen(
                claim.getMetadata().getName(),
                place,
                claim.getMetadata().getUid(),
                annotations.get(ClusterRef.CLUSTER_ID),
                annotations.get(ClusterRef.NODE_ID),
                claim.getMetadata().getOwnerReferences().stream()
                        .map(OwnerReference::getUid)
                        .toList());
    }
}
