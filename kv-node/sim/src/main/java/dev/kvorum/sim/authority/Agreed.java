package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.Answer;
import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Submission;

/** One entry of the agreed log: the state that it met, what it came to, and the state that it left. */
record Agreed(long index, AuthorityState before, Submission entry, Answer answer, AuthorityState after) {

    boolean isRefused() {
        return answer instanceof Answer.Refused;
    }

    /** Whether two states differ in nothing but remembered answers. */
    static boolean isSame(AuthorityState one, AuthorityState other) {
        return one.epoch() == other.epoch()
                && one.weakestWrite() == other.weakestWrite()
                && one.featureLevel() == other.featureLevel()
                && one.charter().equals(other.charter())
                && one.session().equals(other.session())
                && one.voters().equals(other.voters())
                && one.nodes().equals(other.nodes())
                && one.buckets().equals(other.buckets())
                && one.settings().equals(other.settings())
                && one.shards().equals(other.shards());
    }
}
