package dev.kvorum.core.membership;

/**
 * Where datagrams and streams of the membership protocol reach a node.
 *
 * @param host a name (resolved anew by the shell for each use, since a pod's address changes) or a literal address
 * @param port the membership port, the same for datagrams and streams
 */
public record Contact(String host, int port) {

    public Contact {
        Names.require("host", host, Names.MOST_HOST_CHARACTERS);
        Names.requirePort("membership port", port);
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
