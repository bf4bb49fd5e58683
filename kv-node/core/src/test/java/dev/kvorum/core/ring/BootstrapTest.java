package dev.kvorum.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.ring.BucketSettings.Conflict;
import dev.kvorum.core.ring.BucketSettings.Mode;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final List<RingNode> THREE = Fleet.even(3, 3);

    @Test
    void orderOfListsDoesNotMatter() {
        Bootstrap one = Fleet.document(16, 3, THREE);
        Bootstrap other = Fleet.document(16, 3, THREE.reversed());
        Bootstrap renamed = new Bootstrap(
                one.clusterId(),
                1,
                16,
                3,
                one.read(),
                one.write(),
                one.durability(),
                THREE.reversed(),
                one.voters(),
                one.buckets());
        assertThat(renamed).isEqualTo(one);
        assertThat(renamed.contentHash()).isEqualTo(one.contentHash());
        assertThat(other.contentHash()).as("another voter").isNotEqualTo(one.contentHash());
    }

    @Test
    void nodesStandByZoneThenOrdinal() {
        List<RingNode> nodes = List.of(Fleet.node(10, "a", 1), Fleet.node(9, "a", 1), Fleet.node(11, "A", 1));
        assertThat(Fleet.document(4, 1, nodes).nodes())
                .extracting(RingNode::name)
                .containsExactly("node-11", "node-9", "node-10");
    }

    @Test
    void binaryFormReturnsTheSameDocument() {
        Bootstrap document = withBuckets(
                BucketSettings.named("default"),
                new BucketSettings("sessions", Mode.QUORUM, Conflict.LWW, Level.ONE, Level.exactly(2), false));
        WireWriter out = new WireWriter();
        document.write(out);
        WireReader in = new WireReader(out.toBytes());
        assertThat(Bootstrap.read(in)).isEqualTo(document);
        in.end();
    }

    @Test
    void contentHashIsTheSameInEveryProcess() {
        assertThat(Fleet.document(16, 3, THREE).contentHash()).isEqualTo(3038514933155300083L);
    }

    @Test
    void damagedBinaryFormIsMalformed() {
        WireWriter out = new WireWriter();
        Fleet.document(16, 3, THREE).write(out);
        byte[] bytes = out.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            WireReader cut = new WireReader(bytes, 0, length);
            assertThatThrownBy(() -> Bootstrap.read(cut)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void refusalsNameFieldValueAndRemedy() {
        refused(() -> Fleet.document(12, 3, THREE), "shards is 12; use a power of two");
        refused(() -> Fleet.document(32_768, 3, THREE), "shards is 32768; use 1 to 16384");
        refused(() -> Fleet.document(16, 4, THREE), "factor is 4; there are only 3 nodes, lower it or add nodes");
        refused(() -> Fleet.document(16, 0, THREE), "factor is 0; use 1 to 9");
        refused(() -> Fleet.node(0, "", 1), "zone of node node-0 is \"\"; use 1 to 253 printable ASCII");
        refused(() -> Fleet.node(0, "a", 0), "weight of node node-0 is 0; use 1 to 1000");
        refused(() -> new Ports(1, 2, 3, 4, 0), "ports.admin is 0; use 1 to 65535");
        refused(() -> new Ports(1, 2, 3, 4, 2), "ports.admin is 2; that is ports.resp, use another");
        refused(() -> Level.parse("most"), "level is \"most\"; use one, quorum, all or a number");
        refused(() -> Mode.parse("leader"), "mode is \"leader\"; use quorum, the only mode of this release");
        refused(() -> Conflict.parse("merge"), "conflict is \"merge\"; use siblings or lww");
    }

    @Test
    void nodesAreDistinctByIdAndName() {
        RingNode first = THREE.getFirst();
        RingNode sameId = new RingNode(first.id(), "other", "z", 1, "other", Fleet.PORTS);
        RingNode sameName = new RingNode(Fleet.id(77), first.name(), "z", 1, "other", Fleet.PORTS);
        refused(() -> Fleet.document(16, 1, List.of(first, sameId)), "id of two nodes is " + first.id());
        refused(() -> Fleet.document(16, 1, List.of(first, sameName)), "name of two nodes is \"node-0\"; give every");
    }

    @Test
    void votersAreAnOddNumberOfDistinctKnownNodes() {
        NodeId first = THREE.get(0).id();
        NodeId second = THREE.get(1).id();
        refused(() -> withVoters(first, second), "number of voters is 2; use 1, 3 or 5");
        refused(BootstrapTest::withVoters, "number of voters is 0; use 1, 3 or 5");
        refused(() -> withVoters(Fleet.id(9)), "voter is " + Fleet.id(9) + "; no node has this id");
        refused(() -> withVoters(first, first, second), "voter is " + first + "; it is named twice");
    }

    @Test
    void bucketsAreNamedOnceAndDefaultIsAmongThem() {
        BucketSettings standard = BucketSettings.named("default");
        refused(() -> withBuckets(BucketSettings.named("a")), "buckets is [a]; add the bucket \"default\"");
        refused(() -> withBuckets(standard, standard), "buckets is [default, default]; use each name once");
        refused(() -> BucketSettings.named("Upper"), "name of bucket is \"Upper\"; use 1 to 63 of a-z, 0-9 and -");
        refused(() -> bucket(Conflict.SIBLINGS, Level.exactly(4)), "write of bucket b is 4; use at most the factor 3");
        refused(() -> bucket(Conflict.LWW, Level.ONE), "write of bucket b is one; lww needs more than half of 3");
        refused(
                () -> new BucketSettings("b", Mode.QUORUM, Conflict.SIBLINGS, Level.ONE, Level.ONE, true),
                "sloppy of bucket b is true; use false");
    }

    @Test
    void levelsFollowTheFactor() {
        assertThat(Level.parse("one").of(5)).isEqualTo(1);
        assertThat(Level.parse("quorum").of(4)).isEqualTo(3);
        assertThat(Level.parse("quorum").of(5)).isEqualTo(3);
        assertThat(Level.parse("all").of(5)).isEqualTo(5);
        assertThat(Level.parse("2")).isEqualTo(Level.exactly(2)).hasToString("2");
    }

    private static void bucket(Conflict conflict, Level write) {
        withBuckets(
                BucketSettings.named("default"),
                new BucketSettings("b", Mode.QUORUM, conflict, Level.ONE, write, false));
    }

    private static Bootstrap withBuckets(BucketSettings... buckets) {
        Bootstrap plain = Fleet.document(16, 3, THREE);
        return new Bootstrap(
                plain.clusterId(),
                1,
                16,
                3,
                plain.read(),
                plain.write(),
                plain.durability(),
                THREE,
                plain.voters(),
                List.of(buckets));
    }

    private static void withVoters(NodeId... voters) {
        Bootstrap plain = Fleet.document(16, 3, THREE);
        new Bootstrap(
                plain.clusterId(),
                1,
                16,
                3,
                plain.read(),
                plain.write(),
                plain.durability(),
                THREE,
                List.of(voters),
                plain.buckets());
    }

    private static void refused(Runnable made, String message) {
        assertThatThrownBy(made::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
