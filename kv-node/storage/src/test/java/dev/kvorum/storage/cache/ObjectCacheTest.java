package dev.kvorum.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ObjectCacheTest {

    private static final long SMALL = 2L * RecordLog.CHUNK_BYTES;

    private final ObjectCache cache = new ObjectCache(SMALL);

    @Test
    void whatWasPutIsThere() {
        cache.put(key(1), value(1));
        cache.put(key(2), value(2));

        assertThat(cache.get(key(1))).isEqualTo(value(1));
        assertThat(cache.get(key(2))).isEqualTo(value(2));
        assertThat(cache.get(key(3))).isNull();
    }

    @Test
    void theNewestValueIsShown() {
        cache.put(key(1), value(1));
        cache.put(key(1), value(2));

        assertThat(cache.get(key(1))).isEqualTo(value(2));
    }

    @Test
    void anEmptyValueIsNoAbsentOne() {
        cache.put(key(1), new byte[0]);

        assertThat(cache.get(key(1))).isEmpty();
    }

    @Test
    void aReadThatBeganBeforeAWriteFillsNothing() {
        int ticket = cache.ticket(key(1));
        cache.put(key(1), value(2));

        cache.fill(key(1), value(1), ticket);

        assertThat(cache.get(key(1))).isEqualTo(value(2));
    }

    @Test
    void aReadThatBeganBeforeAWriteFillsNothingEvenWhenTheWriteWasPushedOut() {
        int ticket = cache.ticket(key(1));
        cache.put(key(1), value(2));
        flood(2 * SMALL);

        cache.fill(key(1), value(1), ticket);

        assertThat(cache.get(key(1))).isNull();
    }

    @Test
    void aReadWithoutAWriteMeanwhileFills() {
        cache.fill(key(1), value(1), cache.ticket(key(1)));

        assertThat(cache.get(key(1))).isEqualTo(value(1));
    }

    @Test
    void clearingForgetsAllAndStopsReadsUnderWay() {
        int ticket = cache.ticket(key(2));
        cache.put(key(1), value(1));

        cache.clear();
        cache.fill(key(2), value(2), ticket);

        assertThat(cache.get(key(1))).isNull();
        assertThat(cache.get(key(2))).isNull();
    }

    @Test
    void aValueTooLargeToKeepReplacesTheFormerByNothing() {
        cache.put(key(1), value(1));

        cache.put(key(1), new byte[(int) SMALL / 4]);

        assertThat(cache.get(key(1))).isNull();
    }

    @Test
    void whatIsUsedStaysWhileOthersPassThrough() {
        ObjectCache larger = new ObjectCache(8L * RecordLog.CHUNK_BYTES);
        larger.put(key(1), value(1));
        byte[] other = new byte[4_000];
        for (int i = 0; i < 40_000; i++) {
            larger.put(key(1_000 + i), other);
            if (i % 100 == 0) {
                assertThat(larger.get(key(1))).isEqualTo(value(1));
            }
        }
        assertThat(larger.get(key(1_000))).isNull();
    }

    @Test
    void memoryIsTakenAsItFillsAndNeverAboveTheLimit() {
        ObjectCache larger = new ObjectCache(8L * RecordLog.CHUNK_BYTES);
        assertThat(larger.sizeBytes()).isEqualTo(RecordLog.CHUNK_BYTES);

        byte[] other = new byte[4_000];
        for (int i = 0; i < 40_000; i++) {
            larger.put(key(i), other);
        }

        assertThat(larger.sizeBytes()).isEqualTo(8L * RecordLog.CHUNK_BYTES);
    }

    /** Against a map that forgets nothing: the cache may have forgotten, but never shows anything but the newest. */
    @Test
    void nothingButTheNewestIsEverShown() {
        for (long seed = 1; seed <= 5; seed++) {
            agreesWithAMap(seed);
        }
    }

    private static void agreesWithAMap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ObjectCache cache = new ObjectCache(SMALL);
        Map<Integer, byte[]> map = new HashMap<>();
        int shown = 0;
        for (int i = 0; i < 200_000; i++) {
            int number = random.nextInt(30_000);
            if (random.nextInt(3) == 0) {
                byte[] value = new byte[random.nextInt(600)];
                random.nextBytes(value);
                cache.put(key(number), value);
                map.put(number, value);
            } else {
                byte[] found = cache.get(key(number));
                if (found != null) {
                    shown++;
                    assertThat(found).as("seed %s, key %s", seed, number).isEqualTo(map.get(number));
                }
            }
        }
        assertThat(shown).as("hits of seed %s", seed).isGreaterThan(20_000);
        assertThat(cache.hits()).isEqualTo(shown);
        assertThat(cache.misses()).isPositive();
    }

    private void flood(long bytes) {
        byte[] other = new byte[1_000];
        for (int i = 0; i < bytes / other.length; i++) {
            cache.put(key(1_000_000 + i), other);
        }
    }

    private static byte[] key(int number) {
        return ("key-" + number).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] value(int number) {
        return ("value-" + number).getBytes(StandardCharsets.UTF_8);
    }
}
