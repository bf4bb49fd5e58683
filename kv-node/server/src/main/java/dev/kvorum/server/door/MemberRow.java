package dev.kvorum.server.door;

import dev.kvorum.core.ring.NodeId;

/**
 * One node as this node sees it.
 *
 * @param state {@code alive}, {@code suspect}, {@code dead} or {@code left}
 * @param incarnation grows when the member refutes a suspicion
 * @param heartbeat grows while the member lives
 * @param sinceMs for how long it has been in this state
 * @param score how well it works by its own judgement, in per cent; 100 is healthy
 */
public record MemberRow(
        NodeId id,
        String name,
        String zone,
        String state,
        long incarnation,
        String host,
        long heartbeat,
        long sinceMs,
        int score) {}
