package dev.kvorum.server.door;

import dev.kvorum.core.ring.NodeId;

/**
 * Who this node is, as written in its data directory.
 *
 * @param volumeId 32 hex digits; new whenever the content of the disk is
 */
public record Identity(NodeId id, String volumeId) {}
