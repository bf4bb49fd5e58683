package dev.kvorum.charts.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A cluster's network under policies.
 *
 * @param namespaces labels of each namespace by its name
 */
public record Network(Map<String, Map<String, String>> namespaces, List<JsonNode> policies) {

    /** Whether a connection gets through, from any port to this one. */
    public boolean lets(Endpoint from, Endpoint to, Door door) {
        return mayLeave(from, to, door) && mayEnter(from, to, door);
    }

    private boolean mayLeave(Endpoint from, Endpoint to, Door door) {
        return allows(Direction.EGRESS, from, to, door);
    }

    private boolean mayEnter(Endpoint from, Endpoint to, Door door) {
        return allows(Direction.INGRESS, to, from, door);
    }

    private boolean allows(Direction direction, Endpoint subject, Endpoint peer, Door door) {
        List<JsonNode> selecting = policies.stream()
                .filter(policy -> selects(policy, direction, subject))
                .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .anyMatch(policy -> policy.at("/spec/" + direction.rules)
                                .valueStream()
                                .anyMatch(rule -> peers(rule.path(direction.peers), policy, peer)
                                        && ports(rule.path("ports"), door)));
    }

    private static boolean selects(JsonNode policy, Direction direction, Endpoint subject) {
        return subject.isPod()
                && namespace(policy).equals(subject.namespace())
                && policy.at("/spec/policyTypes")
                        .valueStream()
                        .anyMatch(type -> type.asText().equals(direction.type))
                && new Selector(policy.at("/spec/podSelector")).selects(subject.labels());
    }

    /** No peers at all means everybody. */
    private boolean peers(JsonNode peers, JsonNode policy, Endpoint peer) {
        return peers.isEmpty() || peers.valueStream().anyMatch(wanted -> matches(wanted, policy, peer));
    }

    private boolean matches(JsonNode wanted, JsonNode policy, Endpoint peer) {
        if (wanted.has("ipBlock")) {
            JsonNode block = wanted.get("ipBlock");
            return new Block(block.path("cidr").asText()).holds(peer.address())
                    && block.path("except")
                            .valueStream()
                            .noneMatch(except -> new Block(except.asText()).holds(peer.address()));
        }
        boolean isInNamespace = wanted.has("namespaceSelector")
                ? new Selector(wanted.get("namespaceSelector"))
                        .selects(namespaces.getOrDefault(peer.namespace(), Map.of()))
                : namespace(policy).equals(peer.namespace());
        return peer.isPod()
                && isInNamespace
                && (!wanted.has("podSelector") || new Selector(wanted.get("podSelector")).selects(peer.labels()));
    }

    /** No ports at all means every port. */
    private static boolean ports(JsonNode ports, Door door) {
        return ports.isEmpty()
                || ports.valueStream()
                        .anyMatch(port -> port.path("protocol").asText("TCP").equals(door.protocol())
                                && port.path("port").asInt() == door.port());
    }

    private static String namespace(JsonNode policy) {
        return policy.at("/metadata/namespace").asText();
    }

    /** A port with its protocol. */
    public record Door(int port, String protocol) {

        /** Reads {@code 7601/UDP}; without a protocol it is TCP. */
        public static Door of(String text) {
            String[] parts = text.split("/", 2);
            return new Door(Integer.parseInt(parts[0]), parts.length == 2 ? parts[1] : "TCP");
        }
    }

    private enum Direction {
        INGRESS("Ingress", "ingress", "from"),
        EGRESS("Egress", "egress", "to");

        private final String type;
        private final String rules;
        private final String peers;

        Direction(String type, String rules, String peers) {
            this.type = type;
            this.rules = rules;
            this.peers = peers;
        }
    }
}
