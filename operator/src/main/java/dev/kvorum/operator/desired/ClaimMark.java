package dev.kvorum.operator.desired;

import dev.kvorum.crds.spec.Storage;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the operator writes on a claim that the StatefulSet made: whose data it holds, and, where volumes go with the
 * KVCluster, that it belongs to it.
 *
 * @param claimUid of the claim meant; a claim of the same name made later is left alone
 * @param clusterId null while the volume is empty
 * @param nodeId null while the node was not heard of
 */
public record ClaimMark(
        String claim,
        String claimUid,
        @Nullable String clusterId,
        @Nullable String nodeId) {

    public PersistentVolumeClaim of(ClusterRef cluster, Storage.Policy whenDeleted) {
        var annotations = new TreeMap<String, String>();
        put(annotations, ClusterRef.CLUSTER_ID, clusterId);
        put(annotations, ClusterRef.NODE_ID, nodeId);
        var mark = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(cluster.namespace())
                .withName(claim)
                .withUid(claimUid)
                .withAnnotations(annotations)
                .endMetadata()
                .build();
        switch (whenDeleted) {
            case DELETE -> mark.getMetadata().getOwnerReferences().add(cluster.owner());
            case RETAIN -> {
                // The claim stays when the KVCluster goes.
            }
        }
        return mark;
    }

    private static void put(TreeMap<String, String> annotations, String key, @Nullable String value) {
        if (value != null) {
            annotations.put(key, value);
        }
    }
}
