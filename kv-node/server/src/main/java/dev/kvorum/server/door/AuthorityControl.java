package dev.kvorum.server.door;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityEffect.Trouble;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.request.Outcome;
import io.vertx.core.Future;

/** The way from the admin door to the authority, by this node. Called from the door's thread; answers on any thread. */
public interface AuthorityControl {

    /**
     * Asks the authority to decide, wherever it is led; the answer comes within some seconds.
     *
     * @param session of the operator that asks; 0 for a person
     */
    Future<Decision> decide(long session, Command command);

    /** What this node knows of it at this moment. */
    AuthorityView authority();

    /** What became of a command. */
    sealed interface Decision {

        /** The authority has decided, perhaps by refusing. */
        record Answered(long index, Answer answer) implements Decision {}

        /** No answer came. */
        record Unanswered(Trouble trouble, Outcome outcome) implements Decision {}
    }
}
