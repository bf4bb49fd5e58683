package dev.kvorum.core.membership;

import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.RingNode;

/**
 * What a node says of itself. A changed profile travels under a raised incarnation, so that the newest one wins
 * everywhere.
 *
 * @param name the configured name, at most 63 visible ASCII characters
 * @param zone where its replicas count, at most 63
 * @param host the name or address under which all its ports are reached, at most 253
 */
public record Profile(String name, String zone, String host, Ports ports) {

    public Profile {
        Names.require("name", name, Names.MOST_NAME_CHARACTERS);
        Names.require("zone", zone, Names.MOST_NAME_CHARACTERS);
        Names.require("host", host, Names.MOST_HOST_CHARACTERS);
    }

    /** What the bootstrap document says of the node. */
    public static Profile of(RingNode node) {
        return new Profile(node.name(), node.zone(), node.host(), node.ports());
    }

    /** Where the membership protocol reaches the node. */
    public Contact contact() {
        return new Contact(host, ports.membership());
    }
}
