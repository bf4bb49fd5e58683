package dev.kvorum.server.node;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.server.door.AuthorityControl;
import dev.kvorum.server.door.AuthorityView;
import io.vertx.core.Future;
import java.util.List;

/** Of a node that keeps to its founding document: nothing is decided, and the doors say so. */
final class AbsentAuthority implements AuthorityControl {

    @Override
    public Future<Decision> decide(long session, Command command) {
        return Future.failedFuture("it keeps to its founding document");
    }

    @Override
    public AuthorityView authority() {
        return new AuthorityView(AuthorityState.EMPTY, null, Role.FOLLOWER, 0, 0, 0, List.of());
    }
}
