package dev.kvorum.operator.desired;

import dev.kvorum.crds.KVCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which KVCluster, and the names and labels that follow from it.
 *
 * @param uid of the KVCluster object; another one after delete and re-apply
 */
public record ClusterRef(String namespace, String name, String uid) {

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "kvorum-operator";
    public static final String CLUSTER = "kvorum.dev/cluster";
    public static final String ZONE = "kvorum.dev/zone";
    /** Annotation of a claim: the cluster whose data its volume holds. */
    public static final String CLUSTER_ID = "kvorum.dev/cluster-id";
    /** Annotation of a claim: the node whose data its volume holds. */
    public static final String NODE_ID = "kvorum.dev/node-id";

    public static ClusterRef of(KVCluster cluster) {
        return new ClusterRef(
                cluster.getMetadata().getNamespace(),
                cluster.getMetadata().getName(),
                cluster.getMetadata().getUid());
    }

    public String statefulSet(String zone) {
        return name + "-" + zone;
    }

    public String pod(String zone, int ordinal) {
        return statefulSet(zone) + "-" + ordinal;
    }

    public String claim(String zone, int ordinal) {
        return "data-" + pod(zone, ordinal);
    }

    public String nodesService() {
        return name + "-nodes";
    }

    public String clientService() {
        return name + "-kv";
    }

    public String configMap() {
        return name + "-config";
    }

    public String adminSecret() {
        return name + "-admin";
    }

    /** Name under which peers find a node. */
    public String host(String pod) {
        return pod + "." + nodesService() + "." + namespace + ".svc";
    }

    /** Labels that select the nodes of this cluster. */
    public Map<String, String> selector() {
        return Map.of(CLUSTER, name, "app.kubernetes.io/component", "node");
    }

    public Map<String, String> selector(String zone) {
        var labels = new TreeMap<>(selector());
        labels.put(ZONE, zone);
        return labels;
    }

    /** Labels of every object of this cluster. */
    public Map<String, String> labels() {
        var labels = new TreeMap<String, String>();
        labels.put("app.kubernetes.io/name", "kvorum");
        labels.put("app.kubernetes.io/instance", name);
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(CLUSTER, name);
        return labels;
    }

    public OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(KVCluster.class))
                .withKind(HasMetadata.getKind(KVCluster.class))
                .withName(name)
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(false)
                .build();
    }

    public boolean owns(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(uid));
    }

    /** Metadata with which every object of this cluster starts. */
    ObjectMetaBuilder metadata(String objectName) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(objectName)
                .withLabels(labels())
                .withOwnerReferences(owner());
    }
}
