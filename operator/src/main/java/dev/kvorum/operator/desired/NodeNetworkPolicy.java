package dev.kvorum.operator.desired;

import dev.kvorum.crds.spec.PolicyPeer;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach a node: its peers the peer doors, the operator and monitoring the admin door, clients the client doors.
 * Whatever no rule lets in stays out.
 */
final class NodeNetworkPolicy {

    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private NodeNetworkPolicy() {}

    static NetworkPolicy of(Blueprint blueprint) {
        ClusterRef cluster = blueprint.cluster();
        return Stamp.on(new NetworkPolicyBuilder()
                .withMetadata(cluster.metadata(cluster.nodesService()).build())
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(cluster.selector())
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .withIngress(
                        rule(peers(cluster), ports(blueprint, Doors.PEER, Doors.MEMBERSHIP, Doors.MEMBERSHIP_UDP)),
                        rule(watchers(blueprint), ports(blueprint, Doors.ADMIN)),
                        rule(clients(blueprint), ports(blueprint, Doors.HTTP, Doors.RESP)))
                .endSpec()
                .build());
    }

    private static List<NetworkPolicyPeer> peers(ClusterRef cluster) {
        return List.of(new NetworkPolicyPeerBuilder()
                .withPodSelector(labels(cluster.selector()))
                .build());
    }

    private static List<NetworkPolicyPeer> watchers(Blueprint blueprint) {
        NetworkPolicyPeer operator = new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(
                        labels(Map.of(NAMESPACE_NAME, blueprint.site().namespace())))
                .build();
        return Stream.concat(
                        Stream.of(operator),
                        blueprint.spec().monitoring().from().stream().map(NodeNetworkPolicy::peer))
                .toList();
    }

    private static List<NetworkPolicyPeer> clients(Blueprint blueprint) {
        return blueprint.spec().clients().from().stream()
                .map(NodeNetworkPolicy::peer)
                .toList();
    }

    private static NetworkPolicyPeer peer(PolicyPeer peer) {
        var built = new NetworkPolicyPeerBuilder()
                .withPodSelector(selector(peer.podSelector()))
                .withNamespaceSelector(selector(peer.namespaceSelector()));
        PolicyPeer.IpBlock block = peer.ipBlock();
        if (block != null) {
            built.withNewIpBlock()
                    .withCidr(block.cidr())
                    .withExcept(block.except())
                    .endIpBlock();
        }
        return built.build();
    }

    private static @Nullable LabelSelector selector(PolicyPeer.@Nullable Labels labels) {
        return labels == null ? null : labels(labels.matchLabels());
    }

    private static LabelSelector labels(Map<String, String> labels) {
        return new LabelSelectorBuilder().withMatchLabels(labels).build();
    }

    private static List<NetworkPolicyPort> ports(Blueprint blueprint, Doors... doors) {
        return Arrays.stream(doors)
                .map(door -> new NetworkPolicyPortBuilder()
                        .withNewPort(door.port(blueprint.site()))
                        .withProtocol(door.protocol())
                        .build())
                .toList();
    }

    /** An empty list of peers lets everyone in. */
    private static NetworkPolicyIngressRule rule(List<NetworkPolicyPeer> from, List<NetworkPolicyPort> ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(from)
                .withPorts(ports)
                .build();
    }
}
