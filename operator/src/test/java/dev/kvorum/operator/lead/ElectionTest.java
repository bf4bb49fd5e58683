package dev.kvorum.operator.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.operator.lead.Election.Move;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class ElectionTest {

    private static final int LASTS_SECONDS = 15;
    private static final long LASTS_MS = LASTS_SECONDS * 1000L;
    private static final long DEADLINE_MS = 10_000;
    private static final ZonedDateTime LONG_AGO = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final Election election = new Election("us", Duration.ofMillis(DEADLINE_MS));

    @Test
    void leaseThatNobodyMadeOrHoldsIsTaken() {
        assertThat(election.onRead(0, null)).isEqualTo(Move.TAKE);
        assertThat(election.onRead(0, lease("", 1))).isEqualTo(Move.TAKE);
        assertThat(election.leads(0)).isFalse();
    }

    @Test
    void onlyTheFirstWriteIsABeginning() {
        assertThat(election.onWritten(0)).isTrue();
        assertThat(election.onRead(2000, lease("us", 1))).isEqualTo(Move.RENEW);
        assertThat(election.onWritten(2000)).isFalse();
        assertThat(election.leads(2000)).isTrue();
    }

    /** Whatever the clock of its holder says: the times written in it are not looked at. */
    @Test
    void leaseOfAnotherIsTakenWhenItDidNotChangeHereForAsLongAsItLasts() {
        assertThat(election.onRead(5000, lease("them", 1))).isEqualTo(Move.WAIT);
        assertThat(election.onRead(7000, lease("them", 2))).isEqualTo(Move.WAIT);
        assertThat(election.onRead(7000 + LASTS_MS, lease("them", 2))).isEqualTo(Move.WAIT);
        assertThat(election.onRead(7000 + LASTS_MS + 1, lease("them", 2))).isEqualTo(Move.TAKE);
    }

    @Test
    void leadershipEndsAtTheDeadlineAfterTheLastRenewalWasAskedFor() {
        election.onWritten(1000);

        assertThat(election.leads(1000 + DEADLINE_MS - 1)).isTrue();
        assertThat(election.leads(1000 + DEADLINE_MS)).isFalse();
        assertThat(election.isLost(1000 + DEADLINE_MS)).isTrue();
        assertThat(election.onRead(1000 + DEADLINE_MS, lease("us", 1))).isEqualTo(Move.WAIT);
    }

    @Test
    void whoSeesAnotherHolderNeverLeadsAgain() {
        election.onWritten(0);

        assertThat(election.onRead(2000, lease("them", 7))).isEqualTo(Move.WAIT);

        assertThat(election.leads(2000)).isFalse();
        assertThat(election.onRead(4000, lease("", 8))).isEqualTo(Move.WAIT);
    }

    @Test
    void whoNeverLedHasLostNothing() {
        election.onRead(0, lease("them", 1));
        assertThat(election.isLost(1_000_000)).isFalse();
    }

    @Test
    void whoResignedLeavesTheLeaseAlone() {
        election.onWritten(0);
        election.resign();

        assertThat(election.leads(1)).isFalse();
        assertThat(election.onRead(1, lease("", 2))).isEqualTo(Move.WAIT);
    }

    private static Lease lease(String holder, int version) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName("kvorum-operator")
                .withResourceVersion(Integer.toString(version))
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(LASTS_SECONDS)
                .withRenewTime(LONG_AGO)
                .endSpec()
                .build();
    }
}
