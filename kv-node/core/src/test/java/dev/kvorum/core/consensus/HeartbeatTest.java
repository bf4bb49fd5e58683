package dev.kvorum.core.consensus;

import static dev.kvorum.core.consensus.OneReplica.configuration;
import static dev.kvorum.core.consensus.OneReplica.entry;
import static dev.kvorum.core.consensus.OneReplica.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.consensus.ConsensusMessage.Append;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.HeartbeatReply;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    @Test
    void aHeartbeatCommitsOnlyWhatTheLeaderHasShownSinceTheStart() {
        OneReplica replica = OneReplica.of(new Saved(
                new HardState(2, null), Mark.start(configuration(3)), List.of(entry(1, 1), entry(2, 1), entry(3, 1))));
        var early = replica.hear(1, 2, new Heartbeat(4, 3));
        assertThat(replica.machine.commitIndex()).isZero();
        assertThat(sent(early, 1, HeartbeatReply.class)).containsExactly(new HeartbeatReply(4, 0));
        replica.hear(1, 2, new Append(new Position(2, 1), 0, List.of()));
        var late = replica.hear(1, 2, new Heartbeat(5, 3));
        assertThat(replica.machine.commitIndex()).isEqualTo(2);
        assertThat(sent(late, 1, HeartbeatReply.class)).containsExactly(new HeartbeatReply(5, 2));
    }

    @Test
    void whoWasStartedAnewIsShownOnceMoreWhereLogsAgree() {
        OneReplica leader = OneReplica.leading(3);
        Position last = leader.machine.last();
        assertThat(sent(leader.hear(1, new HeartbeatReply(1, last.index())), 1, Append.class))
                .isEmpty();
        assertThat(sent(leader.hear(1, new HeartbeatReply(1, 0)), 1, Append.class))
                .containsExactly(new Append(last, leader.machine.commitIndex(), List.of()));
    }
}
