package dev.kvorum.server.node;

import dev.kvorum.core.membership.LocalNode;
import dev.kvorum.core.membership.MembershipConfig;
import dev.kvorum.core.membership.Profile;
import dev.kvorum.core.node.Handshake;
import dev.kvorum.core.replication.LoopShare;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.Founded;
import dev.kvorum.storage.NodeStorage;

/** What a node that belongs to a cluster says of itself to the others. */
record Introduction(ServerConfig config, Founded founded, NodeStorage store) {

    NodeId id() {
        return store.identity().nodeId();
    }

    MembershipConfig membershipConfig() {
        return MembershipConfig.ofInterval(config.probe().probeIntervalMs());
    }

    LocalNode member() {
        var ports = config.ports();
        var profile = new Profile(
                config.node().name(),
                config.node().zone(),
                config.node().advertiseHost(),
                new Ports(
                        ports.httpPort(),
                        ports.respPort(),
                        ports.peerPort(),
                        ports.membershipPort(),
                        ports.adminPort()));
        return new LocalNode(founded.document().clusterId(), id(), profile);
    }

    Handshake handshake(LoopShare share) {
        Ring ring = founded.ring();
        return new Handshake(
                Handshake.PROTOCOL,
                ring.clusterId(),
                ring.epoch(),
                ring.hash(),
                id(),
                store.identity().volumeId(),
                store.syncedCommit(),
                share.loop(),
                share.loops());
    }
}
