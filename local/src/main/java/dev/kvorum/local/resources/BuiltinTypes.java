package dev.kvorum.local.resources;

import dev.kvorum.local.cel.Rules;
import dev.kvorum.local.resources.ResourceType.Scope;
import dev.kvorum.local.resources.ResourceType.Shape;
import dev.kvorum.local.schema.BuiltinSchemas;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.List;

/**
 * The built-in kinds that the stand-in serves. A kind that nothing here would act on (Deployment, Job) is left out, so
 * that creating one fails clearly instead of doing nothing.
 */
final class BuiltinTypes {

    private static final GroupVersion CORE = new GroupVersion("", "v1");
    private static final GroupVersion APPS = new GroupVersion("apps", "v1");
    private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");

    private final BuiltinSchemas schemas;
    private final List<ResourceType> types = new ArrayList<>();

    private BuiltinTypes(BuiltinSchemas schemas) {
        this.schemas = schemas;
    }

    static List<ResourceType> all(BuiltinSchemas schemas) {
        BuiltinTypes table = new BuiltinTypes(schemas);
        table.core();
        table.others();
        return List.copyOf(table.types);
    }

    private void core() {
        cluster(CORE, Namespace.class, Names.of("Namespace", "ns"), Features.WITH_STATUS);
        cluster(CORE, Node.class, Names.of("Node", "no"), Features.WITH_STATUS);
        cluster(CORE, PersistentVolume.class, Names.of("PersistentVolume", "pv"), Features.WITH_STATUS);
        namespaced(CORE, ConfigMap.class, Names.of("ConfigMap", "cm"), Features.PLAIN);
        namespaced(CORE, Event.class, Names.of("Event", "ev"), Features.PLAIN);
        namespaced(CORE, PersistentVolumeClaim.class, Names.of("PersistentVolumeClaim", "pvc"), Features.WITH_STATUS);
        namespaced(CORE, Pod.class, Names.of("Pod", "po").in("all"), Features.WITH_STATUS);
        namespaced(CORE, Secret.class, Names.of("Secret"), Features.PLAIN);
        namespaced(CORE, Service.class, Names.of("Service", "svc").in("all"), Features.WITH_STATUS);
        namespaced(CORE, ServiceAccount.class, Names.of("ServiceAccount", "sa"), Features.PLAIN);
    }

    private void others() {
        namespaced(APPS, ControllerRevision.class, Names.of("ControllerRevision"), Features.PLAIN);
        namespaced(APPS, StatefulSet.class, Names.of("StatefulSet", "sts").in("all"), Features.STATEFUL_SET);
        GroupVersion policy = new GroupVersion("policy", "v1");
        namespaced(policy, PodDisruptionBudget.class, Names.of("PodDisruptionBudget", "pdb"), Features.WITH_STATUS);
        GroupVersion networking = new GroupVersion("networking.k8s.io", "v1");
        namespaced(
                networking,
                NetworkPolicy.class,
                new Names("networkpolicies", "networkpolicy", "NetworkPolicy", List.of("netpol"), List.of()),
                Features.PLAIN);
        namespaced(
                new GroupVersion("discovery.k8s.io", "v1"),
                EndpointSlice.class,
                Names.of("EndpointSlice"),
                Features.PLAIN);
        namespaced(new GroupVersion("coordination.k8s.io", "v1"), Lease.class, Names.of("Lease"), Features.PLAIN);
        access();
        storageAndExtensions();
    }

    private void access() {
        namespaced(RBAC, Role.class, Names.of("Role"), Features.PLAIN);
        namespaced(RBAC, RoleBinding.class, Names.of("RoleBinding"), Features.PLAIN);
        cluster(RBAC, ClusterRole.class, Names.of("ClusterRole"), Features.PLAIN);
        cluster(RBAC, ClusterRoleBinding.class, Names.of("ClusterRoleBinding"), Features.PLAIN);
    }

    private void storageAndExtensions() {
        GroupVersion storage = new GroupVersion("storage.k8s.io", "v1");
        cluster(
                storage,
                StorageClass.class,
                new Names("storageclasses", "storageclass", "StorageClass", List.of("sc"), List.of()),
                Features.PLAIN);
        GroupVersion extensions = new GroupVersion("apiextensions.k8s.io", "v1");
        Names crd = Names.of("CustomResourceDefinition", "crd", "crds");
        cluster(extensions, CustomResourceDefinition.class, crd, Features.WITH_STATUS);
    }

    private void cluster(GroupVersion version, Class<? extends HasMetadata> model, Names names, Features features) {
        types.add(new ResourceType(version, names, Scope.CLUSTER, shape(model), features));
    }

    private void namespaced(GroupVersion version, Class<? extends HasMetadata> model, Names names, Features features) {
        types.add(new ResourceType(version, names, Scope.NAMESPACED, shape(model), features));
    }

    private Shape shape(Class<? extends HasMetadata> model) {
        return new Shape(Origin.BUILT_IN, schemas.of(model), Rules.none());
    }
}
