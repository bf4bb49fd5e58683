package dev.kvorum.server.door;

import dev.kvorum.core.authority.AuthorityEffect.Trouble;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.authority.CommandId;
import dev.kvorum.core.authority.Rules;
import dev.kvorum.core.authority.Start;
import dev.kvorum.core.authority.Submission;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.request.Outcome;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The authority's own rules without a log: what is asked is decided at once, or not at all. */
public final class FakeAuthority implements AuthorityControl {

    private final Rules rules = Rules.standard();
    private volatile AuthorityState state = AuthorityState.EMPTY;
    private volatile @Nullable Decision insteadOfAnswers;
    private volatile boolean isOff;
    private long index;

    /** The volume that a node of {@link FakeNode#DOCUMENT} lives on. */
    public static VolumeId volume(int node) {
        return new VolumeId(0xA0L + node, node);
    }

    /** Founded, and every node has registered its third start. */
    public FakeAuthority() {
        decideNow(0, new Command.Found(FakeNode.DOCUMENT));
        for (int node = 0; node < 3; node++) {
            var start = new Start(
                    FakeNode.DOCUMENT.clusterId(),
                    FakeNode.DOCUMENT.generation(),
                    FakeNode.DOCUMENT.nodes().get(node),
                    new VolumeStart(volume(node), 3, 77 + node, 0),
                    1);
            decideNow(0, new Command.Register(start));
        }
    }

    @Override
    public Future<Decision> decide(long session, Command command) {
        if (isOff) {
            return Future.failedFuture("its store is not open");
        }
        Decision instead = insteadOfAnswers;
        return Future.succeededFuture(instead == null ? decideNow(session, command) : instead);
    }

    /** What the rules make of it. */
    public synchronized Decision decideNow(long session, Command command) {
        var submission = new Submission(new CommandId(4711, ++index), index - 1, session, command);
        Rules.Applied applied = rules.apply(state, index, submission);
        state = applied.state();
        return new Decision.Answered(applied.index(), applied.answer());
    }

    @Override
    public AuthorityView authority() {
        return new AuthorityView(state, FakeNode.id(1), Role.FOLLOWER, 4, index, index + 2, List.of(FakeNode.id(0)));
    }

    /** From now on no command is answered. */
    public void fallSilent(Trouble trouble, Outcome outcome) {
        insteadOfAnswers = new Decision.Unanswered(trouble, outcome);
    }

    /** As before the store has been opened. */
    public void switchOff() {
        isOff = true;
        state = AuthorityState.EMPTY;
    }
}
