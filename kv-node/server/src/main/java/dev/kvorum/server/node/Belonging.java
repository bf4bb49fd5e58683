package dev.kvorum.server.node;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.door.AuthorityControl;
import dev.kvorum.server.door.AuthorityView;
import dev.kvorum.server.door.ClusterControl.Founding;
import dev.kvorum.server.door.ClusterControl.Recovery;
import dev.kvorum.server.door.Reading;
import dev.kvorum.storage.NodeStorage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node belongs to a cluster yet, and what administrators may ask of that: a founding document makes it
 * belong, for good. For any thread, but where it says otherwise.
 */
final class Belonging implements AuthorityControl {

    private static final String NOT_OPEN = "this node has not opened its store yet; ask again in a moment";
    private static final String NO_CLUSTER = "this node belongs to no cluster yet: it waits for the bootstrap document";

    private static final AuthorityView NOTHING =
            new AuthorityView(AuthorityState.EMPTY, null, Role.FOLLOWER, 0, 0, 0, List.of());

    private final Vertx vertx;
    private final ServerConfig config;
    private final Context context;
    private final ControlLoop control;
    private final Enrolment.Node node;
    private final Fate fate;
    private final AtomicBoolean enrolling = new AtomicBoolean();
    private volatile @Nullable NodeStorage store;
    private volatile @Nullable FoundingDocument document;
    private volatile @Nullable Enrolment enrolment;

    /**
     * @param context the control context
     */
    Belonging(ServerConfig config, Context context, ControlLoop control, Enrolment.Node node, Fate fate) {
        this.vertx = context.owner();
        this.config = config;
        this.context = context;
        this.control = control;
        this.node = node;
        this.fate = fate;
    }

    /** Goes on where an earlier process was; tells whether the volume belongs to a cluster. */
    Future<Boolean> load(NodeStorage opened) {
        FoundingDocument kept = new FoundingDocument(opened);
        store = opened;
        document = kept;
        return vertx.<FoundingDocument.@Nullable Kept>executeBlocking(kept::load, false)
                .compose(accepted -> accepted == null
                        ? Future.succeededFuture(false)
                        : enrol(opened, accepted).map(true));
    }

    /** Begins this node's part of the authority, which says when the node may serve. */
    private Future<Void> enrol(NodeStorage opened, FoundingDocument.Kept kept) {
        if (!enrolling.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        return Workers.call(vertx, () -> AuthorityStart.of(config, opened, kept))
                .compose(start -> Workers.call(vertx, start::read)
                        .compose(parts -> Contexts.on(context, () -> begin(start, parts))));
    }

    private Future<Void> begin(AuthorityStart start, AuthorityShell.Parts parts) {
        Enrolment begun = new Enrolment(context, start, parts, node, fate);
        enrolment = begun;
        control.enrol(begun);
        begun.begin(parts.found());
        return Future.succeededFuture();
    }

    Future<Founding> found(Bootstrap sent) {
        FoundingDocument accepting = document;
        NodeStorage opened = store;
        if (accepting == null || opened == null) {
            return Future.succeededFuture(new Founding.Refused(NOT_OPEN));
        }
        return Workers.call(vertx, () -> accepting.accept(sent, config.node().zone()))
                .compose(answer -> {
                    FoundingDocument.Kept accepted = accepting.kept();
                    return answer instanceof Founding.Accepted && accepted != null
                            ? enrol(opened, accepted).map(answer)
                            : Future.succeededFuture(answer);
                });
    }

    Future<Recovery> recover(String clusterId, long generation) {
        Enrolment begun = enrolment;
        return begun == null
                ? Future.succeededFuture(new Recovery.Refused(NO_CLUSTER))
                : begun.recover(clusterId, generation);
    }

    @Override
    public AuthorityView authority() {
        Enrolment begun = enrolment;
        return begun == null ? NOTHING : begun.view();
    }

    @Override
    public Future<Decision> decide(long session, Command command) {
        Enrolment begun = enrolment;
        return begun == null ? Future.failedFuture(NO_CLUSTER) : begun.decide(session, command);
    }

    List<Reading> readings() {
        Enrolment begun = enrolment;
        return begun == null ? List.of() : begun.readings();
    }

    /** The data path acts wholly by the ring of this epoch; on the control context. */
    void onSettled(long epoch) {
        Enrolment begun = enrolment;
        if (begun != null) {
            begun.onSettled(epoch);
        }
    }

    /** Takes no part in the authority any more, as if its whole group had fallen silent; on the control context. */
    Future<Void> close() {
        Enrolment begun = enrolment;
        return begun == null ? Future.succeededFuture() : begun.close();
    }
}
