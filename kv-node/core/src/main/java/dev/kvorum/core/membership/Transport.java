package dev.kvorum.core.membership;

/** How a packet travels. */
public enum Transport {
    /** One datagram, at most {@code packetBytes} long; may be lost, doubled, reordered. */
    UDP,
    /** One frame on a stream; for full exchanges, and where datagrams do not get through. */
    TCP
}
