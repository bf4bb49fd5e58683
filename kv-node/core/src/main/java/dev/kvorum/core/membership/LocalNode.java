package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;

/**
 * Who this node is when its process starts.
 *
 * @param clusterId at most 63 visible ASCII characters; packets of any other cluster are dropped
 * @param incarnation at least 1. It need not exceed that of an earlier process of this node: peers tell what they hold,
 *     and the machine goes above it
 */
public record LocalNode(String clusterId, NodeId id, Profile profile, long incarnation) {

    public LocalNode {
        Names.require("cluster id", clusterId, Names.MOST_CLUSTER_ID_CHARACTERS);
        if (incarnation < 1 || incarnation >= Vitals.MOST_INCARNATION) {
            throw new IllegalArgumentException("a start incarnation lies between 1 and 2^62, not " + incarnation);
        }
    }

    public LocalNode(String clusterId, NodeId id, Profile profile) {
        this(clusterId, id, profile, 1);
    }
}
