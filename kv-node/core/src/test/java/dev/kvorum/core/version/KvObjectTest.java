package dev.kvorum.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.step.InvariantViolation;
import java.util.List;
import org.junit.jupiter.api.Test;

class KvObjectTest {

    private static final long A = 0xA;
    private static final long B = 0xB;
    private static final byte[] NO_ID = {};

    @Test
    void writeReplacesWhatItsContextCoversAndKeepsTheRest() {
        KvObject object = KvObject.ABSENT.write(Version.EMPTY, value(A, 1)).write(Version.EMPTY, value(A, 2));
        assertThat(object.siblings()).containsExactly(value(A, 1), value(A, 2));

        KvObject written = object.write(Version.EMPTY.withDot(new Dot(A, 2)), value(A, 3));

        assertThat(written.siblings()).containsExactly(value(A, 1), value(A, 3));
        assertThat(written.version()).hasToString("[a→3]");
    }

    @Test
    void writeWithoutContextReplacesAllThatTheObjectHas() {
        KvObject object = KvObject.ABSENT.write(Version.EMPTY, value(A, 1)).write(Version.EMPTY, value(A, 4));

        KvObject written = object.overwriteAll(value(B, 1));

        assertThat(written.siblings()).containsExactly(value(B, 1));
        assertThat(written.version()).hasToString("[a→4 b→1]");
    }

    @Test
    void dotsOfAContextStaySingleInTheObject() {
        KvObject written = KvObject.ABSENT.write(Version.EMPTY.withDot(new Dot(B, 7)), value(A, 3));

        assertThat(written.version()).hasToString("[a→3 +b:7]");
    }

    /** The reason for single dots: one replica, two clients, no failure at all. */
    @Test
    void plainVectorLosesAcknowledgedWrites() {
        KvObject first = KvObject.ABSENT.write(Version.EMPTY, value(A, 1));
        KvObject both = first.write(Version.EMPTY, value(A, 2));
        Version secondClients = both.contextAfterWrite(Version.EMPTY, new Dot(A, 2));

        KvObject withDots = both.write(secondClients, value(A, 3));
        KvObject withVector = both.write(BrokenRules.flat(secondClients), value(A, 3));

        assertThat(withDots.siblings()).containsExactly(value(A, 1), value(A, 3));
        assertThat(withVector.siblings())
                .as("the first client's write is gone, and nobody who had seen it replaced it")
                .containsExactly(value(A, 3));
    }

    /** The table in docs/internals/versions.md. */
    @Test
    void workedExampleOfTheDocumentation() {
        KvObject a = KvObject.ABSENT.write(Version.EMPTY, value(A, 1));
        assertThat(a.contextAfterWrite(Version.EMPTY, new Dot(A, 1))).hasToString("[a→1]");
        a = a.write(Version.EMPTY, value(A, 4));
        Version bob = a.contextAfterWrite(Version.EMPTY, new Dot(A, 4));
        assertThat(bob).hasToString("[+a:4]");

        KvObject b = a.write(bob, value(B, 2));
        assertThat(b.siblings()).containsExactly(value(A, 1), value(B, 2));
        assertThat(b.contextAfterWrite(bob, new Dot(B, 2))).hasToString("[+a:4 +b:2]");

        Version ann = b.contextOf(b.live(0), 0);
        assertThat(ann).hasToString("[a→4 b→2]");
        a = a.write(ann, value(A, 9));
        assertThat(a.siblings()).containsExactly(value(A, 9));
        assertThat(a.contextAfterWrite(ann, new Dot(A, 9))).hasToString("[a→9 b→2]");
        assertThat(b.merge(a)).isSameAs(a).isEqualTo(a.merge(b));
    }

    @Test
    void contextClaimingADotNotYetIssuedStopsTheWrite() {
        Version forged = Version.EMPTY.advance(new Dot(A, 9));
        KvObject poisoned = KvObject.ABSENT.write(forged, value(B, 1));

        assertThat(KvObject.ABSENT.canIssue(new Dot(A, 5), Version.EMPTY)).isTrue();
        assertThat(KvObject.ABSENT.canIssue(new Dot(A, 5), forged)).isFalse();
        assertThat(poisoned.canIssue(new Dot(A, 5), Version.EMPTY)).isFalse();
        assertThat(poisoned.canIssue(new Dot(0xC, 1), forged)).isTrue();
        assertThatThrownBy(() -> KvObject.ABSENT.write(forged, value(A, 5))).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void replicaThatMissedTheOverwriteDropsTheOldValueAtTheMerge() {
        KvObject old = KvObject.ABSENT.write(Version.EMPTY, value(A, 1));
        KvObject replaced = old.write(old.version(), value(B, 1));

        assertThat(old.merge(replaced)).isSameAs(replaced);
        assertThat(replaced.merge(old)).isSameAs(replaced);
    }

    @Test
    void concurrentWritesOnTwoReplicasBecomeSiblings() {
        KvObject left = KvObject.ABSENT.overwriteAll(value(A, 1));
        KvObject right = KvObject.ABSENT.overwriteAll(value(B, 1));

        assertThat(left.merge(right).siblings()).containsExactly(value(A, 1), value(B, 1));
    }

    @Test
    void contextAfterAWriteIsTheWholeVersionOnlyIfNothingElseIsLeft() {
        KvObject first = KvObject.ABSENT.write(Version.EMPTY, value(A, 5));
        assertThat(first.contextAfterWrite(Version.EMPTY, new Dot(A, 5))).hasToString("[a→5]");

        KvObject second = first.write(Version.EMPTY, value(A, 8));
        assertThat(second.contextAfterWrite(Version.EMPTY, new Dot(A, 8))).hasToString("[+a:8]");
    }

    @Test
    void contextOfAReadCoversOnlyWhatWasShown() {
        KvObject object = KvObject.ABSENT.write(Version.EMPTY, value(A, 5)).write(Version.EMPTY, value(A, 8));

        assertThat(object.contextOf(object.live(0), 0)).isEqualTo(object.version());
        assertThat(object.contextOf(List.of(value(A, 8)), 0)).hasToString("[+a:8]");
        assertThat(object.contextOf(List.of(), 0)).isEqualTo(Version.EMPTY);
    }

    @Test
    void contextOfADeletedKeyCoversItsDeletion() {
        KvObject deleted = KvObject.ABSENT.overwriteAll(Sibling.tombstone(new Dot(A, 2), 1, NO_ID));

        assertThat(deleted.live(0)).isEmpty();
        assertThat(deleted.contextOf(List.of(), 0)).hasToString("[a→2]");
        assertThat(KvObject.ABSENT.contextOf(List.of(), 0)).isEqualTo(Version.EMPTY);
    }

    @Test
    void expiredValueIsATombstoneWithTheSameDot() {
        Sibling fading = new Sibling(new Dot(A, 1), Kind.BYTES, "", 1_000, 0, NO_ID, Samples.text("x"));
        KvObject object = KvObject.ABSENT.overwriteAll(fading);

        assertThat(object.live(999)).containsExactly(fading);
        assertThat(object.newest(999)).isEqualTo(fading);
        assertThat(object.live(1_000)).isEmpty();
        assertThat(object.newest(1_000)).isNull();
        assertThat(object.siblings()).containsExactly(fading);
        assertThat(object.contextOf(List.of(), 1_000)).isEqualTo(object.version());
    }

    @Test
    void newestIsByStampThenDotAmongTheLiving() {
        KvObject object = KvObject.ABSENT
                .write(Version.EMPTY, stamped(A, 1, 7))
                .write(Version.EMPTY, stamped(B, 1, 7))
                .write(Version.EMPTY, stamped(B, 2, 3))
                .write(Version.EMPTY, Sibling.tombstone(new Dot(B, 3), 9, NO_ID));

        assertThat(object.newest(0)).isEqualTo(stamped(B, 1, 7));
        assertThat(object.highestHlc()).isEqualTo(9);
    }

    @Test
    void lastWriteWinsKeepsTheHighestStampAndClaimsBoth() {
        KvObject newer = KvObject.ABSENT.writeLww(Version.EMPTY, stamped(A, 1, 20));

        KvObject late = newer.writeLww(Version.EMPTY, stamped(B, 1, 10));
        assertThat(late.siblings()).containsExactly(stamped(A, 1, 20));
        assertThat(late.version()).hasToString("[a→1 b→1]");

        KvObject again = late.writeLww(Version.EMPTY, stamped(B, 1, 10).restamped(new Dot(B, 2), 21));
        assertThat(again.siblings()).containsExactly(stamped(B, 2, 21));
        assertThat(newer.mergeLww(again)).isSameAs(again);
        assertThat(again.mergeLww(newer)).isSameAs(again);
    }

    @Test
    void digestSeesEveryPartButTheRequestId() {
        long digest = digestOf(sibling(1, Kind.BYTES, "a", 5, 6, "id", "v"));

        assertThat(digestOf(sibling(1, Kind.BYTES, "a", 5, 6, "other", "v"))).isEqualTo(digest);
        assertThat(digestOf(sibling(2, Kind.BYTES, "a", 5, 6, "id", "v"))).isNotEqualTo(digest);
        assertThat(digestOf(sibling(1, Kind.JSON, "a", 5, 6, "id", "v"))).isNotEqualTo(digest);
        assertThat(digestOf(sibling(1, Kind.BYTES, "b", 5, 6, "id", "v"))).isNotEqualTo(digest);
        assertThat(digestOf(sibling(1, Kind.BYTES, "a", 4, 6, "id", "v"))).isNotEqualTo(digest);
        assertThat(digestOf(sibling(1, Kind.BYTES, "a", 5, 7, "id", "v"))).isNotEqualTo(digest);
        assertThat(digestOf(sibling(1, Kind.BYTES, "a", 5, 6, "id", "w"))).isNotEqualTo(digest);
    }

    @Test
    void digestSeesTheVersion() {
        KvObject object = KvObject.ABSENT.overwriteAll(value(A, 1));
        KvObject knowsMore = object.merge(new KvObject(new Sibling[0], Version.EMPTY.withDot(new Dot(B, 2))));

        assertThat(knowsMore.siblings()).isEqualTo(object.siblings());
        assertThat(knowsMore.digest()).isNotEqualTo(object.digest());
    }

    @Test
    void digestIsTheSameInEveryReleaseAndProcess() {
        KvObject object = KvObject.ABSENT.overwriteAll(sibling(1, Kind.BYTES, "text/plain", 5, 6, "id", "v"));

        assertThat(KvObject.ABSENT.digest()).isEqualTo(9084811249429187994L);
        assertThat(object.digest()).isEqualTo(6557844501206177568L);
    }

    private static long digestOf(Sibling only) {
        return KvObject.ABSENT.overwriteAll(only).digest();
    }

    private static Sibling value(long actor, long sequence) {
        return stamped(actor, sequence, sequence);
    }

    private static Sibling stamped(long actor, long sequence, long hlc) {
        return new Sibling(new Dot(actor, sequence), Kind.BYTES, "text/plain", 0, hlc, NO_ID, NO_ID);
    }

    private static Sibling sibling(
            long sequence, Kind kind, String type, long expiresAtMs, long hlc, String id, String value) {
        byte[] idBytes = Samples.text(id);
        return new Sibling(new Dot(A, sequence), kind, type, expiresAtMs, hlc, idBytes, Samples.text(value));
    }
}
