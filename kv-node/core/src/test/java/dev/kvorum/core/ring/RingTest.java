package dev.kvorum.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {

    /** Nodes 0 to 5; zone-0 holds 0 and 3, zone-1 holds 1 and 4, zone-2 holds 2 and 5. */
    private static final List<RingNode> SIX = Fleet.even(6, 3);

    private static final Ring RING =
            Ring.founded("c", 3, SIX, List.of(ids(0, 1, 2), ids(2, 4, 0), ids(0, 4, 5), ids(0, 1, 2)));

    @Test
    void shardsAreEqualRangesOfSlots() {
        assertThat(RING.shards()).isEqualTo(4);
        assertThat(RING.shardOf(0)).isZero();
        assertThat(RING.shardOf(4_095)).isZero();
        assertThat(RING.shardOf(4_096)).isEqualTo(1);
        assertThat(RING.shardOf(16_383)).isEqualTo(3);
        for (int shard = 0; shard < RING.shards(); shard++) {
            assertThat(RING.shardOf(RING.firstSlot(shard))).isEqualTo(shard);
            assertThat(RING.shardOf(RING.lastSlot(shard))).isEqualTo(shard);
        }
        assertThat(RING.lastSlot(3)).isEqualTo(Slots.COUNT - 1);
        assertThat(RING.shardOf("foo".getBytes(StandardCharsets.UTF_8))).isEqualTo(12_182 / 4_096);
    }

    @Test
    void oneShardHoldsEverySlotAndTheMostShardsHoldOneEach() {
        Ring whole = Ring.founded("c", 1, SIX, List.of(ids(0)));
        assertThat(whole.shardOf(16_383)).isZero();
        assertThat(whole.lastSlot(0)).isEqualTo(16_383);
        Ring finest = Ring.founded(
                "c",
                1,
                SIX,
                IntStream.range(0, Slots.COUNT).mapToObj(any -> ids(0)).toList());
        assertThat(finest.shardOf(777)).isEqualTo(777);
        assertThat(finest.lastSlot(777)).isEqualTo(777);
    }

    @Test
    void fallbacksAreMetClockwiseAndPreferTheZoneTheyStandInFor() {
        // Clockwise from shard 0 the walk meets 4, then 5; 3 holds nothing and comes last.
        assertThat(RING.preferenceList(0)).isEqualTo(ids(0, 1, 2, 3, 4, 5));
        assertThat(RING.fallbacksFor(0, Fleet.id(2))).isEqualTo(ids(5, 4, 3));
        assertThat(RING.fallbacksFor(0, Fleet.id(1))).isEqualTo(ids(4, 5, 3));
        assertThat(RING.fallbacksFor(1, Fleet.id(0))).isEqualTo(ids(3, 5, 1));
        assertThat(RING.preferenceList(1)).isEqualTo(ids(2, 4, 0, 5, 1, 3));
    }

    @Test
    void changeRaisesTheEpochOfTheRingAndOfThatShardOnly() {
        Ring changed = RING.withReplicas(2, ids(3, 4, 5));
        assertThat(changed.epoch()).isEqualTo(2);
        assertThat(changed.entry(2)).isEqualTo(new ShardEntry(2, 2, ids(3, 4, 5)));
        assertThat(changed.entry(1)).isSameAs(RING.entry(1));
        assertThat(changed.hash()).isNotEqualTo(RING.hash());
        assertThat(RING.entry(2).replicas()).isEqualTo(ids(0, 4, 5));
        assertThatThrownBy(() -> RING.withEntry(new ShardEntry(2, 1, ids(3))))
                .hasMessageContaining("epoch of the entry is 1; the next is 2");
    }

    @Test
    void hashFollowsContentOnly() {
        List<List<NodeId>> table =
                RING.entries().stream().map(ShardEntry::replicas).toList();
        assertThat(Ring.founded("c", 3, SIX.reversed(), table)).isEqualTo(RING).hasSameHashCodeAs(RING);
        assertThat(Ring.founded("c", 3, SIX.reversed(), table).hash()).isEqualTo(RING.hash());
        assertThat(Ring.founded("d", 3, SIX, table).hash()).isNotEqualTo(RING.hash());
        assertThat(Ring.founded("c", 3, Fleet.even(7, 3), table).hash()).isNotEqualTo(RING.hash());
        assertThat(RING.hashText()).hasSize(16);
    }

    @Test
    void binaryFormReturnsTheSameRing() {
        Ring ring = RING.withReplicas(2, ids(3, 4, 5));
        WireReader in = new WireReader(bytes(ring));
        assertThat(Ring.read(in)).isEqualTo(ring);
        in.end();
    }

    @Test
    void damagedBinaryFormIsMalformed() {
        byte[] whole = bytes(RING);
        for (int length = 0; length < whole.length; length++) {
            WireReader cut = new WireReader(whole, 0, length);
            assertThatThrownBy(() -> Ring.read(cut)).isInstanceOf(MalformedException.class);
        }
        whole[whole.length - 1] = 6;
        assertThatThrownBy(() -> Ring.read(new WireReader(whole)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("replica is 6; the ring has fewer nodes");
    }

    @Test
    void tableNamesOnlyNodesOfTheRing() {
        assertThatThrownBy(() -> Ring.founded("c", 1, SIX, List.of(ids(6))))
                .hasMessageContaining("replicas of shard 0")
                .hasMessageContaining("name only nodes of the ring");
        assertThatThrownBy(() -> Ring.founded("c", 1, SIX, List.of(ids(0), ids(0), ids(0))))
                .hasMessageContaining("number of shards is 3; use a power of two");
        assertThatThrownBy(() -> Ring.founded("c", 1, SIX, List.of())).hasMessageContaining("number of shards is 0");
    }

    private static List<NodeId> ids(int... numbers) {
        return IntStream.of(numbers).mapToObj(Fleet::id).toList();
    }

    private static byte[] bytes(Ring ring) {
        WireWriter out = new WireWriter();
        ring.write(out);
        return out.toBytes();
    }
}
