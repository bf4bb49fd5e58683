package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.authority.GreetingVerdict;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.node.FrameWriter;
import dev.kvorum.core.node.Handshake;
import dev.kvorum.core.replication.LoopShare;
import dev.kvorum.core.replication.Pace;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.replication.Standing;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links with a peer that is a bare socket here, so that it can do what no node does. */
class PeerLinksIT {

    private static final NodeId SELF = new NodeId(1, 0, 1);
    private static final NodeId PEER = new NodeId(2, 0, 2);
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final int SOON_S = 10;

    /** Far more than the buffers of two sockets hold. */
    private static final int MANY = 1_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private ServerSocket peer;
    private final Context context = vertx.getOrCreateContext();
    private final PeerLinks links = new PeerLinks(context, new Addresses(vertx), () -> 0, SILENCE, new Notes());

    @BeforeEach
    void linksThatDialThePeer() throws Exception {
        peer = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Ring ring = Ring.founded(
                "cluster-1",
                2,
                List.of(node(SELF, "self", 1), node(PEER, "peer", peer.getLocalPort())),
                List.of(List.of(SELF, PEER)));
        onContext(() -> links.begin(ring, new LoopShare(0, 1), new Polite(ring)));
        accept(ring);
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
        onContext(() -> links.close());
        vertx.close().toCompletionStage().toCompletableFuture().get(SOON_S, TimeUnit.SECONDS);
    }

    @Test
    void aPeerThatVanishesWithMuchStillToBeSentIsDialledAnew() throws Exception {
        assertThat(told.poll(SOON_S, TimeUnit.SECONDS)).isEqualTo("opened");
        onContext(() -> {
            for (int i = 0; i < MANY; i++) {
                links.send(PEER, new ReplicationMessage.Probe(i, Standing.VOTING, Pace.STEADY));
            }
        });

        assertThat(told.poll(SOON_S, TimeUnit.SECONDS)).isEqualTo("closed");
        peer.setSoTimeout(SOON_S * 1_000);
        peer.accept().close();
    }

    /** Greets and then reads nothing, as a machine without power does. */
    private void accept(Ring ring) throws IOException {
        peer.setSoTimeout(SOON_S * 1_000);
        Socket socket = peer.accept();
        socket.getOutputStream().write(FrameWriter.handshake(new Handshake(greeting(ring, PEER), 0, 1)));
    }

    private void onContext(Runnable action) throws Exception {
        BlockingQueue<Boolean> done = new LinkedBlockingQueue<>();
        context.runOnContext(here -> {
            action.run();
            done.add(true);
        });
        assertThat(done.poll(SOON_S, TimeUnit.SECONDS)).isTrue();
    }

    private static RingNode node(NodeId id, String name, int port) {
        return new RingNode(id, name, "zone-a", 1, "127.0.0.1", new Ports(8080, 6379, port, 7601, 9600));
    }

    private static Greeting greeting(Ring ring, NodeId node) {
        VolumeId volume = new VolumeId(node.high(), 1);
        return new Greeting(
                "cluster-1",
                1,
                ring.epoch(),
                ring.hash(),
                node,
                new VolumeStart(volume, 1, 1, 0),
                new Greeting.Witnessed(volume, 0));
    }

    /** Welcomes everybody. */
    private record Polite(Ring ring) implements PeerLinks.Self {

        @Override
        public NodeId id() {
            return SELF;
        }

        @Override
        public Greeting greeting(@Nullable NodeId other, @Nullable Greeting shown) {
            return PeerLinksIT.greeting(ring, SELF);
        }

        @Override
        public GreetingVerdict judge(Greeting other) {
            return new GreetingVerdict.Welcome();
        }

        @Override
        public GreetingVerdict judgeAgain(Greeting other) {
            return judge(other);
        }

        @Override
        public void witness(String volumeId, long syncedCommit) {}
    }

    private final class Notes implements PeerLinks.Listener {

        @Override
        public void onOpened(NodeId node) {
            told.add("opened");
        }

        @Override
        public void onClosed(NodeId node) {
            told.add("closed");
        }

        @Override
        public void onMessage(NodeId from, ReplicationMessage message) {
            told.add("message");
        }
    }
}
