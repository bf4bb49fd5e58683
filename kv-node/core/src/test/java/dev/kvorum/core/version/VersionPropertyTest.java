package dev.kvorum.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Versions are sets of dots: each law is judged by plain set algebra on masks. */
class VersionPropertyTest {

    private static final long SEED = Long.getLong("kvorum.seed", 42);
    private static final int TRIPLES = 1_000_000;

    @Test
    void mergeIsTheUnionOfWhatIsClaimed() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < TRIPLES; i++) {
            int a = Samples.mask(random);
            int b = Samples.mask(random);
            int c = Samples.mask(random);
            String violation = violation(a, b, c);
            if (violation != null) {
                fail("seed %d, triple %d: %x %x %x: %s".formatted(SEED, i, a, b, c, violation));
            }
        }
    }

    @Test
    void everySetOfDotsHasOneFormAndItsBytesAreReadBack() {
        SplittableRandom random = new SplittableRandom(SEED);
        WireWriter out = new WireWriter();
        for (int i = 0; i < 100_000; i++) {
            int mask = Samples.mask(random);
            Version version = Samples.version(mask);
            out.reset();
            version.write(out);
            WireReader in = new WireReader(out.array(), 0, out.size());
            Version read = Version.read(in);
            in.end();

            assertThat(read).as("seed %d, mask %x", SEED, mask).isEqualTo(version);
            assertThat(Samples.maskOf(version)).as("seed %d", SEED).isEqualTo(mask);
            assertThat(isCanonical(version)).as("seed %d: %s", SEED, version).isTrue();
            assertThat(dotByDot(mask, random))
                    .as("seed %d, mask %x", SEED, mask)
                    .isEqualTo(version);
        }
    }

    @Test
    void advancingClaimsEverythingOfTheActorUpToTheDot() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++) {
            int mask = Samples.mask(random);
            int bit = random.nextInt(Samples.DOTS);
            Version version = Samples.version(mask);
            Dot dot = Samples.dot(bit);
            if (version.highest(dot.actor()) < dot.sequence()) {
                int upTo = ((2 << bit) - 1) & (-1 << (bit / 8 * 8));
                assertThat(version.advance(dot))
                        .as("seed %d: %s to %s", SEED, version, dot)
                        .isEqualTo(Samples.version(mask | upTo));
            }
        }
    }

    private static @Nullable String violation(int a, int b, int c) {
        Version va = Samples.version(a);
        Version vb = Samples.version(b);
        Version vc = Samples.version(c);
        Version ab = va.merge(vb);
        Version bc = vb.merge(vc);
        if (!ab.equals(Samples.version(a | b))
                || ab.hashCode() != Samples.version(a | b).hashCode()) {
            return "merge is not the union: " + ab;
        }
        if (!ab.equals(vb.merge(va))
                || !ab.merge(vc).equals(va.merge(bc))
                || !va.merge(va).equals(va)) {
            return "merge depends on order or repetition";
        }
        if (!ab.covers(va) || va.covers(vb) != ((b & ~a) == 0)) {
            return "covers is not inclusion";
        }
        return va.covers(vb) && !va.merge(vc).covers(bc) ? "covers is not monotone" : null;
    }

    private static Version dotByDot(int mask, SplittableRandom random) {
        Version version = Version.EMPTY;
        int start = random.nextInt(Samples.DOTS);
        for (int i = 0; i < Samples.DOTS; i++) {
            int bit = (start + i * 7) % Samples.DOTS;
            version = (mask >>> bit & 1) == 1 ? version.withDot(Samples.dot(bit)) : version;
        }
        return version;
    }

    private static boolean isCanonical(Version version) {
        boolean canonical = true;
        for (int i = 0; i < version.dots.length; i += 2) {
            canonical &= version.dots[i + 1] > version.vectorEntry(version.dots[i]) + 1;
        }
        return canonical;
    }
}
