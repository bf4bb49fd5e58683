package dev.kvorum.operator.observe;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.operator.config.OperatorSettings;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.desired.Topology.Place;
import dev.kvorum.operator.node.NodeAdmin.Door;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.RingReport;
import dev.kvorum.operator.node.Session;
import dev.kvorum.operator.node.Sessions;
import dev.kvorum.operator.observe.NodeWatch.Pace;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the observation of one cluster. */
@Singleton
public class Observer {

    /** Types of the objects that a cluster owns. */
    public static final List<Class<? extends HasMetadata>> OWNED = List.of(
            StatefulSet.class,
            Service.class,
            ConfigMap.class,
            Secret.class,
            ServiceAccount.class,
            PodDisruptionBudget.class,
            NetworkPolicy.class);

    private final NodeWatch nodes;
    private final OperatorSettings settings;
    private final Sessions sessions;

    @Inject
    public Observer(NodeWatch nodes, OperatorSettings settings, Sessions sessions) {
        this.nodes = nodes;
        this.settings = settings;
        this.sessions = sessions;
    }

    public Observed observe(KVCluster resource, ClusterView view) {
        ClusterRef cluster = ClusterRef.of(resource);
        List<HasMetadata> objects = new ArrayList<>();
        OWNED.forEach(type -> view.labelled(type, cluster).forEach(objects::add));
        List<PodSeen> pods = pods(resource, cluster, view, Observed.token(cluster, objects));
        List<ClaimSeen> claims = claims(view, cluster);
        return new Observed(
                cluster,
                resource.getMetadata().getGeneration(),
                resource.getSpec(),
                resource.getStatus(),
                objects,
                pods,
                claims,
                ring(pods),
                session(resource.getStatus(), pods, claims));
    }

    /** Looks up live what an observation misses of the wanted objects. */
    public Observed complete(Observed seen, List<HasMetadata> wanted, ClusterView view) {
        List<HasMetadata> found = wanted.stream()
                .filter(object -> seen.object(object).isEmpty())
                .flatMap(object -> view.live(object).stream())
                .toList();
        return found.isEmpty() ? seen : seen.withObjects(found);
    }

    private List<PodSeen> pods(KVCluster resource, ClusterRef cluster, ClusterView view, String token) {
        List<Pod> pods = view.labelled(Pod.class, cluster).toList();
        Map<String, NodeAnswer> answers = nodes.watch(cluster, doors(pods, token), pace(resource.getStatus()));
        NodeAnswer noAddress = new NodeAnswer.Silent("has no address");
        return pods.stream()
                .flatMap(pod -> place(cluster, pod).stream()
                        .map(place -> PodSeen.of(
                                pod,
                                place,
                                answers.getOrDefault(pod.getMetadata().getName(), noAddress))))
                .sorted(Comparator.comparing(PodSeen::name))
                .toList();
    }

    private Map<String, Door> doors(List<Pod> pods, String token) {
        var doors = new TreeMap<String, Door>();
        for (Pod pod : pods) {
            String address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
            if (address != null && pod.getMetadata().getDeletionTimestamp() == null) {
                doors.put(pod.getMetadata().getName(), new Door(address, settings.adminPort(), token));
            }
        }
        return doors;
    }

    private static List<ClaimSeen> claims(ClusterView view, ClusterRef cluster) {
        return view.labelled(PersistentVolumeClaim.class, cluster)
                .filter(claim -> claim.getMetadata().getDeletionTimestamp() == null)
                .flatMap(claim -> place(cluster, claim).stream().map(place -> ClaimSeen.of(claim, place)))
                .sorted(Comparator.comparing(ClaimSeen::name))
                .toList();
    }

    /** The place that a pod's or claim's name and zone label say; empty for what only looks like ours. */
    private static Optional<Place> place(ClusterRef cluster, HasMetadata object) {
        String zone = object.getMetadata().getLabels().get(ClusterRef.ZONE);
        String name = object.getMetadata().getName();
        int dash = name.lastIndexOf('-');
        if (zone == null || !name.substring(dash + 1).matches("[0-9]{1,4}")) {
            return Optional.empty();
        }
        int ordinal = Integer.parseInt(name.substring(dash + 1));
        return name.equals(cluster.pod(zone, ordinal)) || name.equals(cluster.claim(zone, ordinal))
                ? Optional.of(new Place(zone, ordinal))
                : Optional.empty();
    }

    private static Pace pace(@Nullable KVClusterStatus status) {
        return status != null
                        && status.conditions().stream()
                                .anyMatch(condition -> condition.type().equals("Ready")
                                        && condition.status().equals("True"))
                ? Pace.AT_REST
                : Pace.SETTLING;
    }

    /** With the one cluster that nodes, claims or the status name; where they name several, nothing is done. */
    private Session session(@Nullable KVClusterStatus status, List<PodSeen> pods, List<ClaimSeen> claims) {
        Stream<@Nullable String> named = Stream.of(
                        pods.stream()
                                .flatMap(pod -> pod.answer().heard().stream())
                                .map(NodeReport::clusterId),
                        claims.stream().map(ClaimSeen::clusterId),
                        Stream.ofNullable(status).map(KVClusterStatus::clusterId))
                .flatMap(names -> names);
        return named.flatMap(Stream::ofNullable).findFirst().map(sessions::of).orElseGet(Session.None::new);
    }

    private Optional<RingReport> ring(List<PodSeen> pods) {
        return pods.stream()
                .flatMap(pod -> pod.answer().heard().stream())
                .sorted(Comparator.comparingLong(NodeReport::epoch).reversed())
                .flatMap(report -> Stream.ofNullable(report.ringHash()))
                .flatMap(hash -> nodes.ring(hash).stream())
                .findFirst();
    }
}
