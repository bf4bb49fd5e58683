package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.storage.commit.Change;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WitnessesTest {

    private static final String ONE = "00000000000000000000000000000001";
    private static final String OTHER = "f0000000000000000000000000000002";

    private final Witnesses witnesses = new Witnesses();

    @Test
    void theHighestOfEachVolumeIsRemembered() {
        witnesses.saw(ONE, 7);
        witnesses.saw(ONE, 5);
        witnesses.saw(OTHER, 9);
        assertThat(witnesses.highest(ONE)).isEqualTo(7);
        assertThat(witnesses.highest(OTHER)).isEqualTo(9);
        assertThat(witnesses.highest("00000000000000000000000000000003")).isZero();
    }

    @Test
    void aBatchCarriesOneRecordPerChangedVolumeAndNothingWhenNothingChanged() {
        assertThat(witnesses.changes()).isEmpty();
        witnesses.saw(ONE, 7);
        witnesses.saw(ONE, 8);
        witnesses.saw(OTHER, 9);
        assertThat(kept(witnesses.changes())).containsExactlyInAnyOrder(8L, 9L);
        witnesses.saw(ONE, 8);
        witnesses.saw(OTHER, 3);
        assertThat(witnesses.changes()).isEmpty();
        witnesses.saw(OTHER, 10);
        assertThat(kept(witnesses.changes())).containsExactly(10L);
    }

    @Test
    void whatWasKeptIsLoadedAgainAndNotWrittenAgain() {
        witnesses.saw(OTHER, 7);
        Change.Put put = (Change.Put) witnesses.changes().getFirst();
        Witnesses later = new Witnesses();
        later.load(put.key(), put.value());
        assertThat(later.highest(OTHER)).isEqualTo(7);
        assertThat(later.changes()).isEmpty();
    }

    @Test
    void aVolumeGivenUpIsDeletedOnceAndMayBeSeenAnew() {
        witnesses.saw(ONE, 7);
        witnesses.changes();
        witnesses.forget(ONE);
        witnesses.forget(ONE);
        assertThat(witnesses.highest(ONE)).isZero();
        witnesses.saw(ONE, 2);
        List<Change> changes = witnesses.changes();
        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst()).isInstanceOf(Change.Delete.class);
        assertThat(kept(changes.subList(1, 2))).containsExactly(2L);
        assertThat(witnesses.changes()).isEmpty();
    }

    @Test
    void loopsThatRaiseTheSameVolumeLoseNothing() throws InterruptedException {
        List<Thread> loops = IntStream.range(0, 3)
                .mapToObj(loop -> Thread.ofPlatform().start(() -> raise(loop)))
                .toList();
        long kept = 0;
        for (Thread loop : loops) {
            kept = Math.max(
                    kept,
                    kept(witnesses.changes()).stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0));
            loop.join();
        }
        kept = Math.max(
                kept,
                kept(witnesses.changes()).stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0));
        assertThat(witnesses.highest(ONE)).isEqualTo(300_002);
        assertThat(kept).isEqualTo(300_002);
    }

    @Test
    void whatIsNoVolumeIdIsRefused() {
        assertThatThrownBy(() -> witnesses.saw("abcd", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private void raise(int loop) {
        for (int at = 0; at <= 100_000; at++) {
            witnesses.saw(ONE, 3L * at + loop);
        }
    }

    private static List<Long> kept(List<Change> changes) {
        return changes.stream()
                .map(change -> ByteBuffer.wrap(((Change.Put) change).value()).getLong())
                .toList();
    }
}
