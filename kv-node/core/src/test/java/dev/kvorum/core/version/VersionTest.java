package dev.kvorum.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.step.InvariantViolation;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import org.junit.jupiter.api.Test;

class VersionTest {

    private static final long A = 0x11;
    private static final long B = 0xF000_0000_0000_0000L;

    @Test
    void singleDotClaimsNothingBeforeIt() {
        Version version = Version.EMPTY.withDot(new Dot(A, 3));

        assertThat(version.covers(new Dot(A, 3))).isTrue();
        assertThat(version.covers(new Dot(A, 2))).isFalse();
        assertThat(version.vectorSize()).isZero();
        assertThat(version.dotCount()).isEqualTo(1);
    }

    @Test
    void singleDotsFoldIntoTheVectorOnceTheGapIsFilled() {
        Version gap =
                Version.EMPTY.withDot(new Dot(A, 1)).withDot(new Dot(A, 3)).withDot(new Dot(A, 4));
        assertThat(gap).hasToString("[11→1 +11:3 +11:4]");

        assertThat(gap.withDot(new Dot(A, 2))).hasToString("[11→4]").isEqualTo(Version.EMPTY.advance(new Dot(A, 4)));
    }

    @Test
    void singleDotsFoldWhenAMergeBringsAVectorThatCoversThem() {
        Version dots =
                Version.EMPTY.withDot(new Dot(A, 3)).withDot(new Dot(A, 8)).withDot(new Dot(B, 2));

        assertThat(dots.merge(Version.EMPTY.advance(new Dot(A, 7)))).hasToString("[11→8 +f000000000000000:2]");
    }

    @Test
    void issuingActorsEntryAdvancesOverTheGap() {
        Version version = Version.EMPTY.withDot(new Dot(A, 3)).advance(new Dot(A, 9));

        assertThat(version).hasToString("[11→9]");
        assertThat(version.covers(new Dot(A, 5))).isTrue();
    }

    @Test
    void advancingToADotAlreadyClaimedIsABug() {
        Version version = Version.EMPTY.withDot(new Dot(A, 9));

        assertThatThrownBy(() -> version.advance(new Dot(A, 9))).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void actorsAreOrderedUnsigned() {
        Version version = Version.EMPTY.advance(new Dot(B, 1)).advance(new Dot(A, 2));

        assertThat(version).hasToString("[11→2 f000000000000000→1]");
        assertThat(new Dot(A, 9)).isLessThan(new Dot(B, 1));
    }

    @Test
    void highestSequenceIsFoundInVectorAndDots() {
        Version version =
                Version.EMPTY.advance(new Dot(A, 4)).withDot(new Dot(A, 8)).advance(new Dot(B, 2));

        assertThat(version.highest(A)).isEqualTo(8);
        assertThat(version.highest(B)).isEqualTo(2);
        assertThat(version.highest(77)).isZero();
    }

    @Test
    void coveringIsBySetNotByForm() {
        Version vector = Version.EMPTY.advance(new Dot(A, 7));
        Version dots = Version.EMPTY.withDot(new Dot(A, 3)).withDot(new Dot(A, 7));

        assertThat(vector.covers(dots)).isTrue();
        assertThat(dots.covers(vector)).isFalse();
        assertThat(dots.covers(Version.EMPTY)).isTrue();
        assertThat(Version.EMPTY.covers(dots)).isFalse();
    }

    @Test
    void bytesInAnotherThanTheCanonicalFormAreRefused() {
        assertMalformed("actors out of order", actor(actor(actors(2), B, 1, 0), A, 1, 0));
        assertMalformed("actors out of order", actor(actor(actors(2), A, 1, 0), A, 2, 0));
        assertMalformed("an actor without a claim", actor(actors(1), A, 0, 0));
        assertMalformed("an actor without a claim", actor(actors(1), A, -1, 0));
        assertMalformed("belongs to the vector", actor(actors(1), A, 4, 1).putVar(1));
        assertMalformed(
                "belongs to the vector", actor(actors(1), A, 4, 2).putVar(2).putVar(0));
        assertMalformed("a sequence above", actor(actors(1), A, 4, 1).putVar(Long.MAX_VALUE));
        assertMalformed("exceeds", actors(1_000_000));
    }

    private static WireWriter actors(int count) {
        return new WireWriter().putVar(count);
    }

    private static WireWriter actor(WireWriter out, long actor, long claimed, int singles) {
        return out.putLong(actor).putVar(claimed).putVar(singles);
    }

    private static void assertMalformed(String why, WireWriter bytes) {
        assertThatThrownBy(() -> Version.read(new WireReader(bytes.toBytes())))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }
}
