package dev.kvorum.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KvObjectPropertyTest {

    private static final long SEED = Long.getLong("kvorum.seed", 42);

    @Test
    void mergeIsAUnionOfClaimsAndDeaths() {
        assertThat(new MergeLaws(KvObject::merge).firstViolation(SEED, 1_000_000))
                .isNull();
    }

    @Test
    void mergeThatKeepsCoveredSiblingsIsCaught() {
        assertThat(new MergeLaws(BrokenRules::mergeKeepingCovered).firstViolation(SEED, 10_000))
                .contains("union");
    }

    @Test
    void mergeThatForgetsSingleDotsIsCaught() {
        assertThat(new MergeLaws(BrokenRules::mergeForgettingDots).firstViolation(SEED, 10_000))
                .isNotNull();
    }

    @Test
    void mergeThatTakesTheSideWithTheLargerVersionIsCaught() {
        assertThat(new MergeLaws(BrokenRules::mergeTakingOneSide).firstViolation(SEED, 10_000))
                .isNotNull();
    }

    @Test
    void lastWriteWinsMergeDoesNotDependOnOrder() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 150_000; i++) {
            KvObject a = lww(random);
            KvObject b = lww(random);
            KvObject c = lww(random);
            KvObject ab = a.mergeLww(b);

            assertThat(ab.equals(b.mergeLww(a))
                            && ab.mergeLww(c).equals(a.mergeLww(b.mergeLww(c)))
                            && ab.mergeLww(b).equals(ab)
                            && a.mergeLww(a).equals(a)
                            && ab.version().equals(a.version().merge(b.version())))
                    .as("seed %d, triple %d: %s, %s, %s", SEED, i, a, b, c)
                    .isTrue();
        }
    }

    @Test
    void mergeReturnsAnInstanceItWasGivenWhenThatIsTheResult() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 50_000; i++) {
            KvObject a = any(random);
            KvObject b = any(random);
            KvObject ab = a.merge(b);

            assertThat(ab.merge(a)).as("seed %d: %s and %s", SEED, a, b).isSameAs(ab);
            assertThat(a.merge(ab)).as("seed %d: %s and %s", SEED, a, b).isSameAs(ab.equals(a) ? a : ab);
            KvObject latest = a.mergeLww(b);
            assertThat(latest.mergeLww(b)).as("seed %d: %s and %s", SEED, a, b).isSameAs(latest);
        }
    }

    @Test
    void digestsAreEqualExactlyIfStatesAre() {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<Long, KvObject> byDigest = new HashMap<>();
        for (int i = 0; i < 150_000; i++) {
            KvObject object = any(random);
            KvObject known = byDigest.putIfAbsent(object.digest(), object);
            if (known != null) {
                assertThat(object).as("seed %d", SEED).isEqualTo(known);
            }
        }
        assertThat(byDigest).hasSizeGreaterThan(50_000);
    }

    private static KvObject any(SplittableRandom random) {
        int claimed = Samples.mask(random);
        return Samples.object(claimed, claimed & random.nextInt() & random.nextInt());
    }

    private static KvObject lww(SplittableRandom random) {
        int claimed = Samples.mask(random);
        int candidates = claimed & random.nextInt();
        return Samples.object(claimed, Integer.highestOneBit(candidates));
    }
}
