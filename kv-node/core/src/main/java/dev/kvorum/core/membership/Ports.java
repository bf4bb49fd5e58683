package dev.kvorum.core.membership;

/** The ports of a node, each between 1 and 65,535; {@code membership} is one number for datagrams and streams. */
public record Ports(int http, int resp, int peer, int membership, int admin) {

    public Ports {
        Names.requirePort("http port", http);
        Names.requirePort("resp port", resp);
        Names.requirePort("peer port", peer);
        Names.requirePort("membership port", membership);
        Names.requirePort("admin port", admin);
    }
}
