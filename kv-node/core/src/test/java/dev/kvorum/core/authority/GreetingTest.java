package dev.kvorum.core.authority;

import static dev.kvorum.core.authority.Cluster.id;
import static dev.kvorum.core.authority.Cluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Command.DeclareLost;
import dev.kvorum.core.authority.GreetingVerdict.Behind;
import dev.kvorum.core.authority.GreetingVerdict.OwnAmnesia;
import dev.kvorum.core.authority.GreetingVerdict.Refused;
import dev.kvorum.core.authority.GreetingVerdict.Superseded;
import dev.kvorum.core.authority.GreetingVerdict.Welcome;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import org.junit.jupiter.api.Test;

class GreetingTest {

    private static final Greeting.Witnessed NOTHING = seen(900, 0);

    private final Cluster cluster = Cluster.running(3);
    private final Greeting own = greeting(0, 100, 1, 50);

    @Test
    void nodesOfOneRingMayTalk() {
        assertThat(own.judge(greeting(1, 101, 1, 50), cluster.state)).isEqualTo(new Welcome());
    }

    @Test
    void anotherClusterOrAnEndedGenerationIsRefusedAndANewerOneIsFetched() {
        VolumeStart start = new VolumeStart(volume(101), 1, 31, 50);
        assertThat(refusal(new Greeting("c-2", 1, 1, 9, id(1), start, NOTHING))).isEqualTo(RefusalCode.FOREIGN_CLUSTER);
        assertThat(refusal(new Greeting(Cluster.ID, 0, 1, 9, id(1), start, NOTHING)))
                .isEqualTo(RefusalCode.FOREIGN_GENERATION);
        assertThat(own.judge(new Greeting(Cluster.ID, 2, 1, 9, id(1), start, NOTHING), cluster.state))
                .isEqualTo(new Superseded(2));
        assertThat(own.judge(new Greeting(Cluster.ID, 1, 2, 9, id(1), start, NOTHING), cluster.state))
                .isEqualTo(new Behind());
    }

    @Test
    void anotherRingAtTheSameEpochIsRefused() {
        VolumeStart start = new VolumeStart(volume(101), 1, 31, 50);
        assertThat(refusal(new Greeting(Cluster.ID, 1, 1, 8, id(1), start, NOTHING)))
                .isEqualTo(RefusalCode.CLUSTER_CONFLICT);
    }

    @Test
    void whoHasSyncedLessThanWasSeenIsAnOlderCopyOnEitherSide() {
        Greeting sawMore = new Greeting(Cluster.ID, 1, 1, 9, id(1), new VolumeStart(volume(101), 1, 31, 50), seen(100));
        assertThat(own.judge(sawMore, cluster.state)).isInstanceOf(OwnAmnesia.class);
        Greeting witness = new Greeting(Cluster.ID, 1, 1, 9, id(0), own.volume(), seen(101));
        assertThat(((Refused) witness.judge(greeting(1, 101, 1, 50), cluster.state)).code())
                .isEqualTo(RefusalCode.OLD_COPY);
    }

    @Test
    void whatWasSeenOfAProcessSinceItWasWelcomeIsNoProofAgainstIt() {
        Greeting witness = new Greeting(Cluster.ID, 1, 1, 9, id(0), own.volume(), seen(101));
        assertThat(witness.judgeAgain(greeting(1, 101, 1, 50), cluster.state)).isEqualTo(new Welcome());
        assertThat(((Refused) witness.judgeAgain(greeting(1, 900, 1, 50), cluster.state)).code())
                .isEqualTo(RefusalCode.IDENTITY_TAKEN);
    }

    @Test
    void theVolumeAndTheStartMustBeThoseRegistered() {
        assertThat(refusal(greeting(1, 900, 1, 50))).isEqualTo(RefusalCode.IDENTITY_TAKEN);
        Greeting twin = new Greeting(Cluster.ID, 1, 1, 9, id(1), new VolumeStart(volume(101), 1, 77, 50), NOTHING);
        assertThat(refusal(twin)).isEqualTo(RefusalCode.IDENTITY_TAKEN);
        assertThat(own.judge(greeting(1, 101, 2, 50), cluster.state))
                .as("a later start may not have registered yet")
                .isEqualTo(new Welcome());
        cluster.apply(new DeclareLost(id(1), volume(101), Cause.PERSON));
        assertThat(refusal(greeting(1, 101, 1, 50))).isEqualTo(RefusalCode.VOLUME_LOST);
    }

    @Test
    void whatWasSeenOfAFormerVolumeSaysNothingAboutThePresentOne() {
        Greeting other = new Greeting(Cluster.ID, 1, 1, 9, id(1), new VolumeStart(volume(101), 1, 31, 50), seen(99));
        assertThat(own.judge(other, cluster.state)).isEqualTo(new Welcome());
    }

    @Test
    void aGreetingIsReadAsItWasWritten() {
        WireWriter out = new WireWriter();
        own.write(out);
        WireReader in = new WireReader(out.toBytes());
        assertThat(Greeting.read(in)).isEqualTo(own);
        in.end();
    }

    private static Greeting.Witnessed seen(int volume) {
        return seen(volume, 51);
    }

    private static Greeting.Witnessed seen(int volume, long commit) {
        return new Greeting.Witnessed(volume(volume), commit);
    }

    private RefusalCode refusal(Greeting other) {
        return ((Refused) own.judge(other, cluster.state)).code();
    }

    private static Greeting greeting(int node, int volume, long boot, long synced) {
        VolumeStart start = new VolumeStart(volume(volume), boot, boot * 31, synced);
        return new Greeting(Cluster.ID, 1, 1, 9, id(node), start, NOTHING);
    }
}
