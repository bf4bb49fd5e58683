package dev.kvorum.server.door;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A node of a cluster of three with 16 shards, whose homes go round; it can be told to be in any other state. */
public final class FakeNode implements NodeView {

    public static final Bootstrap DOCUMENT = document();
    public static final Ring RING = ring(DOCUMENT);

    private volatile long stillForMs;
    private volatile List<NodeId> gone = List.of();
    private final FakeKeys keys = new FakeKeys();
    private volatile Standing standing = Standing.of(Standing.State.READY);
    private volatile @Nullable Founded founded = new Founded(AuthorityState.of(DOCUMENT), RING);
    private volatile @Nullable Identity identity = new Identity(id(0), "0123456789abcdef0123456789abcdef");

    public static NodeId id(int number) {
        return new NodeId(0xABCD_0000_0000_0000L + number, 0, number);
    }

    /** The three nodes listen on the same port of 127.0.0.1, .2 and .3. */
    public static Bootstrap document() {
        List<RingNode> nodes = IntStream.range(0, 3)
                .mapToObj(i -> new RingNode(
                        id(i),
                        "node-" + i,
                        "zone-" + i,
                        1,
                        "127.0.0." + (i + 1),
                        new Ports(8080, 6379, 7600, 7601, 9600)))
                .toList();
        return new Bootstrap(
                "cluster-1",
                1,
                16,
                3,
                Level.QUORUM,
                Level.QUORUM,
                Bootstrap.Durability.FSYNC,
                nodes,
                List.of(id(0)),
                List.of(BucketSettings.named("default"), BucketSettings.named("orders")));
    }

    private static Ring ring(Bootstrap document) {
        List<List<NodeId>> sets = IntStream.range(0, document.shards())
                .mapToObj(shard -> List.of(id(shard % 3), id((shard + 1) % 3), id((shard + 2) % 3)))
                .toList();
        return Ring.founded(document.clusterId(), document.factor(), document.nodes(), sets);
    }

    public void become(Standing now) {
        standing = now;
    }

    /** The keys that this node is home of. */
    public FakeKeys keys() {
        return keys;
    }

    /** As before the founding document. */
    public void becomeUnfounded() {
        founded = null;
        standing = Standing.because(Standing.State.EMPTY, "waits for the bootstrap document");
    }

    /** As before the store has been opened. */
    public void becomeUnopened() {
        founded = null;
        identity = null;
        standing = Standing.of(Standing.State.STARTING);
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public @Nullable Identity identity() {
        return identity;
    }

    @Override
    public @Nullable Founded founded() {
        return founded;
    }

    @Override
    public NodeId home(int shard) {
        return RING.entry(shard).replicas().getFirst();
    }

    /** As when these nodes have fallen silent. */
    public void lose(NodeId... nodes) {
        gone = List.of(nodes);
    }

    @Override
    public int liveReplicas(int shard) {
        List<NodeId> silent = gone;
        return (int) RING.entry(shard).replicas().stream()
                .filter(replica -> !silent.contains(replica))
                .count();
    }

    /** As when an event loop hangs. */
    public void standStillFor(long ms) {
        stillForMs = ms;
    }

    @Override
    public long stillForMs() {
        return stillForMs;
    }

    @Override
    public HomeKeys homeKeys() {
        return keys;
    }

    @Override
    public List<MemberRow> members() {
        return List.of(
                new MemberRow(id(0), "node-0", "zone-0", "alive", 1, "127.0.0.1", 12, 5_000, 100),
                new MemberRow(id(1), "node-1", "zone-1", "alive", 1, "127.0.0.2", 11, 4_000, 100),
                new MemberRow(id(2), "node-2", "zone-2", "suspect", 3, "127.0.0.3", 9, 700, 60));
    }

    @Override
    public List<Reading> readings() {
        return List.of(
                Reading.of("ring_epoch", "The epoch of the ring in force.", 1),
                Reading.of("queue_bytes", "Bytes that wait.", "queue", "committer", 4_096));
    }
}
