package dev.kvorum.server.door;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.ring.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The authority as one node sees it.
 *
 * @param state what is decided and durable here
 * @param leader null while this node knows none
 * @param role of this node in the log
 * @param applied index of the last entry in {@code state}
 * @param committed index of the last entry that is known to be agreed
 * @param voters of the log's present configuration
 */
public record AuthorityView(
        AuthorityState state,
        @Nullable NodeId leader,
        Role role,
        long term,
        long applied,
        long committed,
        List<NodeId> voters) {

    public AuthorityView {
        voters = List.copyOf(voters);
    }
}
