package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;
import org.jspecify.annotations.Nullable;

/** What nodes tell each other about commands, beside the log. */
public sealed interface AuthorityMessage {

    /** Carry this to the log if you lead. */
    record Forward(Submission submission) implements AuthorityMessage {}

    /** What it came to, at which index. */
    record Reply(CommandId id, long index, Answer answer) implements AuthorityMessage {}

    /** I do not lead, or cannot take it now; null when I do not know who does. */
    record NotLeader(CommandId id, @Nullable NodeId leader) implements AuthorityMessage {}

    /** Which process answers at this address? */
    record WhoAreYou(long question) implements AuthorityMessage {}

    /** This one. */
    record IAm(long question, NodeId node, VolumeStart volume) implements AuthorityMessage {}
}
