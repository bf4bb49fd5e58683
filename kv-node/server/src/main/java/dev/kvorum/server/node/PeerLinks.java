package dev.kvorum.server.node;

import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.authority.GreetingVerdict;
import dev.kvorum.core.authority.RefusalCode;
import dev.kvorum.core.node.FrameReader;
import dev.kvorum.core.node.FrameWriter;
import dev.kvorum.core.node.Handshake;
import dev.kvorum.core.replication.LoopShare;
import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.wire.MalformedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TCPSSLOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of one loop to the same loop of all other nodes: one connection per pair, dialled by the node with the
 * lower id, dialled again when it breaks. Everything here runs on the loop's thread.
 */
final class PeerLinks {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLinks.class);
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int HANDSHAKE_TIMEOUT_MS = 5_000;
    private static final int LEAST_PAUSE_MS = 50;
    private static final int MOST_PAUSE_MS = 1_000;

    /** A link that brought nothing for so long is taken for half open and made anew. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    /** What the links tell their loop. */
    interface Listener {
        void onOpened(NodeId peer);

        void onClosed(NodeId peer);

        void onMessage(NodeId from, ReplicationMessage message);
    }

    /** What this node says of itself to a peer, and thinks of what the peer says. */
    interface Self {
        NodeId id();

        /**
         * What this node shows.
         *
         * @param other to whom; null when that is not known yet
         * @param shown what the other has shown already; null when this node speaks first
         */
        Greeting greeting(@Nullable NodeId other, @Nullable Greeting shown);

        GreetingVerdict judge(Greeting other);

        /** Judges the other side of an open link by what this node has adopted since. */
        GreetingVerdict judgeAgain(Greeting other);

        /** A volume has shown how far it has synced. */
        void witness(String volumeId, long syncedCommit);
    }

    private static final class Dial {
        final RingNode node;
        int pauseMs = LEAST_PAUSE_MS;
        boolean busy;

        Dial(RingNode node) {
            this.node = node;
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final Addresses addresses;
    private final Listener listener;
    private final LongSupplier syncedCommit;
    private final int silenceMs;
    private final NetClient client;
    private final Map<NodeId, PeerLink> links = new HashMap<>();
    private final List<PeerLink> toFlush = new ArrayList<>();
    private final Map<NodeId, String> refusals = new HashMap<>();
    private final TreeMap<NodeId, Dial> dials = new TreeMap<>();
    private @Nullable Self self;
    private LoopShare share = new LoopShare(0, 1);
    private @Nullable Ring ring;
    private @Nullable NetServer server;
    private boolean closed;

    /**
     * @param silence after which a link is closed, in whole milliseconds
     */
    PeerLinks(Context context, Addresses addresses, LongSupplier syncedCommit, Duration silence, Listener listener) {
        this.vertx = context.owner();
        this.context = context;
        this.addresses = addresses;
        this.syncedCommit = syncedCommit;
        this.silenceMs = (int) silence.toMillis();
        this.listener = listener;
        this.client =
                vertx.createNetClient(closedWhenSilent(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS)));
    }

    /**
     * Closing a link ourselves would first wait for what is still to be sent, which a peer that vanished never takes;
     * the time-out closes at once.
     */
    private <T extends TCPSSLOptions> T closedWhenSilent(T options) {
        options.setTcpNoDelay(true).setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setReadIdleTimeout(silenceMs);
        return options;
    }

    Future<Integer> listen(String host, int port) {
        NetServer opened =
                vertx.createNetServer(closedWhenSilent(new NetServerOptions())).connectHandler(this::onAccepted);
        server = opened;
        return opened.listen(port, host).map(NetServer::actualPort);
    }

    /** Starts dialling the nodes of the ring. */
    void begin(Ring first, LoopShare loop, Self node) {
        self = node;
        share = loop;
        become(first);
    }

    /** Dials those who came or moved, and leaves those who are not to be talked to any more. */
    void become(Ring next) {
        ring = next;
        for (PeerLink link : List.copyOf(links.values())) {
            String refusal = refusal(link.greeting, self().judgeAgain(link.greeting));
            if (refusal != null) {
                LOG.warn("link with node {} given up: {}", link.peer, refusal);
                onClosed(link, null);
                link.close();
            }
        }
        dials.keySet().removeIf(node -> next.node(node) == null);
        for (RingNode node : next.nodes()) {
            Dial known = dials.get(node.id());
            boolean isNew = known == null || !known.node.equals(node);
            if (self().id().compareTo(node.id()) < 0 && isNew) {
                Dial dial = new Dial(node);
                dials.put(node.id(), dial);
                dial(dial);
            }
        }
    }

    void send(NodeId to, ReplicationMessage message) {
        PeerLink link = links.get(to);
        if (link == null) {
            return;
        }
        if (link.isEmpty()) {
            if (toFlush.isEmpty()) {
                context.runOnContext(turnEnds -> flush());
            }
            toFlush.add(link);
        }
        link.add(message);
    }

    /** A member that is alive again is dialled at once. */
    void hurry(NodeId node) {
        Dial dial = dials.get(node);
        if (dial != null && !links.containsKey(node)) {
            dial.pauseMs = LEAST_PAUSE_MS;
            dial(dial);
        }
    }

    int open() {
        return links.size();
    }

    long waitingBytes() {
        return links.values().stream().mapToLong(PeerLink::waitingBytes).sum();
    }

    long dropped() {
        return links.values().stream().mapToLong(PeerLink::dropped).sum();
    }

    Future<Void> close() {
        closed = true;
        List.copyOf(links.values()).forEach(PeerLink::close);
        NetServer opened = server;
        return client.close().eventually(() -> opened == null ? Future.succeededFuture() : opened.close());
    }

    private void flush() {
        long commit = syncedCommit.getAsLong();
        for (PeerLink link : toFlush) {
            link.flush(commit);
        }
        toFlush.clear();
    }

    // ---- making links

    private void dial(Dial dial) {
        boolean current = dials.get(dial.node.id()) == dial;
        if (closed || !current || dial.busy || links.containsKey(dial.node.id())) {
            return;
        }
        dial.busy = true;
        RingNode node = dial.node;
        addresses
                .resolve(node.host())
                .compose(address -> client.connect(node.ports().peer(), address))
                .onSuccess(socket -> {
                    dial.busy = false;
                    greet(socket, node.id());
                })
                .onFailure(refused -> {
                    dial.busy = false;
                    LOG.debug(
                            "node {} at {}:{} cannot be reached: {}",
                            node.name(),
                            node.host(),
                            node.ports().peer(),
                            refused.getMessage());
                    dialLater(dial);
                });
    }

    private void dialLater(Dial dial) {
        if (!closed) {
            vertx.setTimer(dial.pauseMs, due -> dial(dial));
            dial.pauseMs = Math.min(MOST_PAUSE_MS, dial.pauseMs * 2);
        }
    }

    private void onAccepted(NetSocket socket) {
        if (self == null || closed) {
            socket.close();
            return;
        }
        greet(socket, null);
    }

    /** The dialling side speaks first; the link is open for each side when the other's word has been judged. */
    private void greet(NetSocket socket, @Nullable NodeId expected) {
        FrameReader reader = new FrameReader();
        @Nullable PeerLink[] link = new @Nullable PeerLink[1];
        if (expected != null) {
            show(socket, expected, null);
        }
        long timer = vertx.setTimer(HANDSHAKE_TIMEOUT_MS, late -> {
            if (link[0] == null) {
                socket.close();
            }
        });
        socket.exceptionHandler(broken -> LOG.debug("link to {}: {}", socket.remoteAddress(), broken.getMessage()));
        socket.closeHandler(gone -> {
            vertx.cancelTimer(timer);
            onClosed(link[0], expected);
        });
        socket.handler(piece -> {
            try {
                reader.feed(piece.getBytes());
                if (link[0] == null) {
                    link[0] = judge(socket, reader, expected);
                }
                if (link[0] != null) {
                    receive(link[0]);
                }
            } catch (MalformedException malformed) {
                LOG.warn("link from {} closed: {}", socket.remoteAddress(), malformed.getMessage());
                socket.close();
            }
        });
    }

    private void show(NetSocket socket, @Nullable NodeId other, @Nullable Greeting shown) {
        Greeting greeting = self().greeting(other, shown);
        Handshake handshake = new Handshake(greeting, share.loop(), share.loops());
        socket.write(Buffer.buffer(FrameWriter.handshake(handshake)));
    }

    private @Nullable PeerLink judge(NetSocket socket, FrameReader reader, @Nullable NodeId expected) {
        Handshake other = reader.nextHandshake();
        if (other == null) {
            return null;
        }
        Greeting greeting = other.greeting();
        if (expected == null) {
            show(socket, greeting.node(), greeting);
        }
        String refusal = refusal(other, expected);
        if (refusal == null) {
            refusals.remove(greeting.node());
            return open(new PeerLink(greeting, socket, reader));
        }
        if (!refusal.equals(refusals.put(greeting.node(), refusal))) {
            LOG.warn("link with {} refused, until it changes: {}", socket.remoteAddress(), refusal);
        }
        socket.close();
        return null;
    }

    private PeerLink open(PeerLink link) {
        PeerLink former = links.put(link.peer, link);
        if (former != null) {
            former.close();
        }
        Dial dial = dials.get(link.peer);
        if (dial != null) {
            dial.pauseMs = LEAST_PAUSE_MS;
        }
        LOG.info("link with node {} is open", link.peer);
        listener.onOpened(link.peer);
        return link;
    }

    private @Nullable String refusal(Handshake other, @Nullable NodeId expected) {
        NodeId node = other.greeting().node();
        if (expected != null && !expected.equals(node)) {
            return "node " + node + " answered at the address of node " + expected;
        }
        String refusal = refusal(other.greeting(), self().judge(other.greeting()));
        return refusal != null ? refusal : other.mismatch(share);
    }

    private @Nullable String refusal(Greeting other, GreetingVerdict verdict) {
        boolean known = ring != null && ring.node(other.node()) != null;
        return switch (verdict) {
            case GreetingVerdict.Welcome() -> known ? null : other + " is not in the ring";
            case GreetingVerdict.Behind() -> known ? null : other + " is not in this ring, which is an older one";
            case GreetingVerdict.Superseded(long generation) ->
                other + " is of generation " + generation + ", which this node adopts first";
            case GreetingVerdict.Refused(RefusalCode code, String detail) -> code.word() + ": " + detail;
            case GreetingVerdict.OwnAmnesia(String detail) -> detail;
        };
    }

    private Self self() {
        return Objects.requireNonNull(self, "not begun");
    }

    private void receive(PeerLink link) {
        link.reader.drain(Clock.nowMs(), message -> listener.onMessage(link.peer, message));
        if (link.hasSyncedMore()) {
            self().witness(link.volumeId, link.witnessed());
        }
    }

    private void onClosed(@Nullable PeerLink link, @Nullable NodeId expected) {
        if (link != null && links.remove(link.peer, link)) {
            LOG.info("link with node {} is closed", link.peer);
            toFlush.remove(link);
            listener.onClosed(link.peer);
        }
        Dial dial = link != null ? dials.get(link.peer) : expected != null ? dials.get(expected) : null;
        if (dial != null) {
            dialLater(dial);
        }
    }
}
