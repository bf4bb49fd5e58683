package dev.kvorum.core.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Answer.Done;
import dev.kvorum.core.authority.Answer.Refused;
import dev.kvorum.core.authority.Command.AlterBucket;
import dev.kvorum.core.authority.Command.DeclareBucket;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.BucketSettings.Conflict;
import dev.kvorum.core.ring.BucketSettings.Mode;
import dev.kvorum.core.ring.Level;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private final Cluster cluster = Cluster.running(3);

    @Test
    void aBucketIsAppendedSoThatNoOtherOneChangesItsNumber() {
        assertThat(cluster.apply(new DeclareBucket(bucket("aaa", Level.QUORUM, Level.QUORUM))))
                .isEqualTo(new Done(1));
        assertThat(cluster.state.buckets()).extracting(BucketSettings::name).containsExactly("default", "aaa");
    }

    @Test
    void declaringTheSameAgainIsTheSameAndAnotherContractIsRefused() {
        cluster.apply(new DeclareBucket(bucket("orders", Level.QUORUM, Level.QUORUM)));
        assertThat(cluster.apply(new DeclareBucket(bucket("orders", Level.QUORUM, Level.QUORUM))))
                .isEqualTo(new Done(1));
        assertThat(cluster.apply(new DeclareBucket(bucket("orders", Level.ONE, Level.QUORUM))))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(RefusalCode.BUCKET_EXISTS);
                    assertThat(refused.detail()).contains("orders", "read quorum", "alter it");
                });
    }

    @Test
    void levelsAboveTheFactorAreRefusedWithTheRemedy() {
        assertThat(cluster.apply(new DeclareBucket(bucket("wide", Level.QUORUM, Level.exactly(4)))))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(RefusalCode.BAD_REQUEST);
                    assertThat(refused.detail()).contains("write of bucket wide", "at most the factor 3");
                });
    }

    @Test
    void theReadLevelMayChangeAndTheWriteLevelMayOnlyFall() {
        assertThat(cluster.apply(new AlterBucket(bucket("default", Level.ALL, Level.QUORUM))))
                .isEqualTo(new Done(1));
        assertThat(cluster.state.weakestWrite()).isEqualTo(2);
        assertThat(cluster.refusal(new AlterBucket(bucket("default", Level.ALL, Level.ALL))))
                .isEqualTo(RefusalCode.BUCKET_FIXED);
        assertThat(cluster.apply(new AlterBucket(bucket("default", Level.ALL, Level.ONE))))
                .isEqualTo(new Done(1));
        assertThat(cluster.state.weakestWrite()).isEqualTo(1);
        assertThat(cluster.state.survivorsNeeded(3)).isEqualTo(3);
    }

    @Test
    void aBucketKeepsItsWayWithConflicts() {
        BucketSettings other =
                new BucketSettings("default", Mode.QUORUM, Conflict.LWW, Level.QUORUM, Level.QUORUM, false);
        assertThat(cluster.refusal(new AlterBucket(other))).isEqualTo(RefusalCode.BUCKET_FIXED);
        assertThat(cluster.refusal(new AlterBucket(bucket("none", Level.ONE, Level.ONE))))
                .isEqualTo(RefusalCode.BUCKET_UNKNOWN);
    }

    private static BucketSettings bucket(String name, Level read, Level write) {
        return new BucketSettings(name, Mode.QUORUM, Conflict.SIBLINGS, read, write, false);
    }
}
