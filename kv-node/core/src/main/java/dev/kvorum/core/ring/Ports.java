package dev.kvorum.core.ring;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/**
 * The doors of one node on its host, each 1 to 65,535 and different from the others.
 *
 * @param http the key-value API
 * @param resp the Redis protocol
 * @param peer frames between nodes
 * @param membership probes between nodes (UDP, and TCP as the fallback)
 * @param admin health, metrics and administration
 */
public record Ports(int http, int resp, int peer, int membership, int admin) {

    private static final String[] NAMES = {"http", "resp", "peer", "membership", "admin"};

    public Ports {
        int[] ports = {http, resp, peer, membership, admin};
        for (int i = 0; i < ports.length; i++) {
            Checks.requireRange("ports." + NAMES[i], ports[i], 1, 65_535);
            for (int j = 0; j < i; j++) {
                boolean own = ports[i] != ports[j];
                Checks.require(own, "ports." + NAMES[i], ports[i], "that is ports." + NAMES[j] + ", use another");
            }
        }
    }

    public static Ports read(WireReader in) {
        return new Ports(in.getShort(), in.getShort(), in.getShort(), in.getShort(), in.getShort());
    }

    public void write(WireWriter out) {
        out.putShort(http).putShort(resp).putShort(peer).putShort(membership).putShort(admin);
    }
}
