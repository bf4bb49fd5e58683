package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;

/** What the machine tells about its work. */
public sealed interface AuthorityTrace {

    /** An entry was applied; {@code state} is the one after it. */
    record Applied(long index, Submission entry, Answer answer, AuthorityState state) implements AuthorityTrace {}

    /** A state came instead of entries. */
    record InstalledState(long index, AuthorityState state) implements AuthorityTrace {}

    /** This node asks for something by itself. */
    record Asked(Command command) implements AuthorityTrace {}

    /** This leader asks who lives at a registered address. */
    record PlaceAsked(NodeId node, VolumeStart registered) implements AuthorityTrace {}

    /** The answer, or silence, to that. */
    record PlaceAnswered(NodeId node, Proof proof) implements AuthorityTrace {}
}
