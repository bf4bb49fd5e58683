package dev.kvorum.server.config;

/**
 * The ports of a node's doors. All five differ; the node names the one that is taken when it cannot listen.
 *
 * @param httpPort HTTP for clients. Anyone who reaches it reads and writes: this release knows no users.
 * @param respPort the Redis protocol for clients. Anyone who reaches it reads and writes.
 * @param peerPort frames between nodes. Only nodes of the cluster should reach it.
 * @param membershipPort probes between nodes, UDP and TCP. Only nodes of the cluster should reach it.
 * @param adminPort health, metrics and administration. Never expose it with the client doors.
 */
public record PortConfig(
        @Setting(byDefault = "8080", least = 1, most = 65_535)
        int httpPort,

        @Setting(byDefault = "6379", least = 1, most = 65_535)
        int respPort,

        @Setting(byDefault = "7600", least = 1, most = 65_535)
        int peerPort,

        @Setting(byDefault = "7601", least = 1, most = 65_535)
        int membershipPort,

        @Setting(byDefault = "9600", least = 1, most = 65_535)
        int adminPort) {

    public PortConfig {
        String[] names = {"httpPort", "respPort", "peerPort", "membershipPort", "adminPort"};
        int[] ports = {httpPort, respPort, peerPort, membershipPort, adminPort};
        for (int i = 0; i < ports.length; i++) {
            for (int j = 0; j < i; j++) {
                if (ports[i] == ports[j]) {
                    throw new InvalidConfiguration(names[i] + " is " + ports[i] + ", which is also " + names[j]
                            + "; give each door its own port");
                }
            }
        }
    }
}
