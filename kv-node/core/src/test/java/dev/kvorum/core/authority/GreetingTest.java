package dev.kvorum.core.authority;

import static dev.kvorum.core.authority.Cluster.id;
import static dev.kvorum.core.authority.Cluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Command.DeclareLost;
import dev.kvorum.core.authority.GreetingVerdict.Behind;
import dev.kvorum.core.authority.GreetingVerdict.OwnAmnesia;
import dev.kvorum.core.authority.GreetingVerdict.Refused;
import dev.kvorum.core.authority.GreetingVerdict.Welcome;
import org.junit.jupiter.api.Test;

class GreetingTest {

    private final Cluster cluster = Cluster.running(3);
    private final Greeting own = greeting(0, 100, 1, 50);

    @Test
    void nodesOfOneRingMayTalk() {
        assertThat(own.judge(greeting(1, 101, 1, 50), cluster.state)).isEqualTo(new Welcome());
    }

    @Test
    void anotherClusterOrAnEndedGenerationIsRefusedAndANewerOneIsFetched() {
        VolumeStart start = new VolumeStart(volume(101), 1, 31, 50);
        assertThat(refusal(new Greeting("c-2", 1, 1, 9, id(1), start, 0))).isEqualTo(RefusalCode.FOREIGN_CLUSTER);
        assertThat(refusal(new Greeting(Cluster.ID, 0, 1, 9, id(1), start, 0)))
                .isEqualTo(RefusalCode.FOREIGN_GENERATION);
        assertThat(own.judge(new Greeting(Cluster.ID, 2, 1, 9, id(1), start, 0), cluster.state))
                .isEqualTo(new Behind());
        assertThat(own.judge(new Greeting(Cluster.ID, 1, 2, 9, id(1), start, 0), cluster.state))
                .isEqualTo(new Behind());
    }

    @Test
    void anotherRingAtTheSameEpochIsRefused() {
        VolumeStart start = new VolumeStart(volume(101), 1, 31, 50);
        assertThat(refusal(new Greeting(Cluster.ID, 1, 1, 8, id(1), start, 0))).isEqualTo(RefusalCode.CLUSTER_CONFLICT);
    }

    @Test
    void whoHasSyncedLessThanWasSeenIsAnOlderCopyOnEitherSide() {
        Greeting sawMore = new Greeting(Cluster.ID, 1, 1, 9, id(1), new VolumeStart(volume(101), 1, 31, 50), 51);
        assertThat(own.judge(sawMore, cluster.state)).isInstanceOf(OwnAmnesia.class);
        Greeting witness = new Greeting(Cluster.ID, 1, 1, 9, id(0), own.volume(), 51);
        assertThat(((Refused) witness.judge(greeting(1, 101, 1, 50), cluster.state)).code())
                .isEqualTo(RefusalCode.OLD_COPY);
    }

    @Test
    void theVolumeAndTheStartMustBeThoseRegistered() {
        assertThat(refusal(greeting(1, 900, 1, 50))).isEqualTo(RefusalCode.IDENTITY_TAKEN);
        Greeting twin = new Greeting(Cluster.ID, 1, 1, 9, id(1), new VolumeStart(volume(101), 1, 77, 50), 0);
        assertThat(refusal(twin)).isEqualTo(RefusalCode.IDENTITY_TAKEN);
        assertThat(own.judge(greeting(1, 101, 2, 50), cluster.state))
                .as("a later start may not have registered yet")
                .isEqualTo(new Welcome());
        cluster.apply(new DeclareLost(id(1), volume(101), Cause.PERSON));
        assertThat(refusal(greeting(1, 101, 1, 50))).isEqualTo(RefusalCode.VOLUME_LOST);
    }

    private RefusalCode refusal(Greeting other) {
        return ((Refused) own.judge(other, cluster.state)).code();
    }

    private static Greeting greeting(int node, int volume, long boot, long synced) {
        VolumeStart start = new VolumeStart(volume(volume), boot, boot * 31, synced);
        return new Greeting(Cluster.ID, 1, 1, 9, id(node), start, 0);
    }
}
