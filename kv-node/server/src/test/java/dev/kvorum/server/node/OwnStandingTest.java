package dev.kvorum.server.node;

import static dev.kvorum.core.replication.Standing.DRAINING;
import static dev.kvorum.core.replication.Standing.FENCED;
import static dev.kvorum.core.replication.Standing.MERGING;
import static dev.kvorum.core.replication.Standing.VOTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.server.door.Standing;
import dev.kvorum.server.door.Standing.State;
import org.junit.jupiter.api.Test;

class OwnStandingTest {

    private final OwnStanding own = new OwnStanding();

    private void requires(State shown, dev.kvorum.core.replication.Standing replicas) {
        assertThat(own.shown().state()).isEqualTo(shown);
        assertThat(own.ofReplicas()).isEqualTo(replicas);
    }

    @Test
    void aLifeFromTheStartToTheStop() {
        requires(State.STARTING, VOTING);
        own.hold(MERGING);
        own.await(State.EMPTY, "waits for the bootstrap document");
        assertThat(own.shown()).isEqualTo(Standing.because(State.EMPTY, "waits for the bootstrap document"));
        own.join();
        requires(State.RECOVERING, MERGING);
        own.merged();
        requires(State.READY, VOTING);
        own.drain();
        requires(State.DRAINING, DRAINING);
    }

    @Test
    void whoIsSuspendedStaysSoWhateverIsMergedMeanwhile() {
        own.hold(MERGING);
        own.join();
        own.suspend("another process acts as this node");
        own.merged();
        requires(State.FENCED, FENCED);
        own.resume();
        requires(State.READY, VOTING);
    }

    @Test
    void whoIsSuspendedWhileItMergesGoesOnMerging() {
        own.hold(MERGING);
        own.join();
        own.suspend("another process acts as this node");
        own.resume();
        requires(State.RECOVERING, MERGING);
    }

    @Test
    void whoIsSuspendedBeforeItJoinsIsNotServingOnceItHas() {
        own.suspend("another process acts as this node");
        own.join();
        requires(State.FENCED, FENCED);
        own.resume();
        requires(State.READY, VOTING);
    }

    @Test
    void aStopIsNotCalledOffByARegistration() {
        own.join();
        own.suspend("another process acts as this node");
        own.drain();
        own.resume();
        requires(State.DRAINING, DRAINING);
    }

    @Test
    void fencedIsForGoodAndTheFirstReasonIsShown() {
        own.join();
        own.suspend("another process acts as this node");
        own.fence("000012.sst is damaged");
        own.fence("a write failed");
        own.resume();
        own.merged();
        own.drain();
        requires(State.FENCED, FENCED);
        assertThat(own.shown().reason()).isEqualTo("000012.sst is damaged");
        assertThat(own.isFenced()).isTrue();
    }
}
