package dev.kvorum.core.membership;

import dev.kvorum.core.ring.NodeId;
import org.jspecify.annotations.Nullable;

/** What this node holds of one other; {@link Roster} alone changes it. */
final class Peer {

    final NodeId id;

    Profile profile;
    MemberState state;
    Vitals vitals;
    NodeId accuser;
    long sinceMs;

    /** Present exactly while the state is {@link MemberState#SUSPECT}. */
    @Nullable
    Suspicion suspicion;

    /** It spoke to us with older counters than those we hold: a new process that does not know of its earlier life. */
    boolean knowsLessOfItself;

    Peer(Rumour first, long nowMs) {
        id = first.subject();
        profile = first.profile();
        state = first.state();
        vitals = first.vitals();
        accuser = first.accuser();
        sinceMs = nowMs;
    }

    Rumour rumour() {
        return new Rumour(id, profile, state, vitals, accuser);
    }

    Member member() {
        return new Member(id, profile, state, vitals, sinceMs);
    }

    /** Where it says that it is reached. */
    Seed seed() {
        return new Seed(id, profile.contact());
    }

    /** Whether the member itself should hear what we hold of it, so that it can contradict. */
    boolean mustBeTold() {
        return state != MemberState.ALIVE || knowsLessOfItself;
    }
}
