package dev.kvorum.server.node;

import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.authority.GreetingVerdict;
import dev.kvorum.core.authority.RefusalCode;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.node.ControlMessage;
import dev.kvorum.core.node.Frames;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections between the control contexts of the nodes, over the membership port: made when there is something to
 * say, closed when nothing is said. Whatever cannot be sent is dropped and shows as silence. Everything here runs on
 * the control context's thread.
 *
 * <p>Both sides greet. A node of another cluster is turned away. One that is not believed may still say commands, since
 * registering is one and each is judged by the authority; what it says about the log counts for nothing.
 */
final class ControlLinks {

    /** The first bytes of such a connection; as the length that a membership stream begins with it is far too long. */
    static final int MAGIC = 0x4B56434C;

    /** A connection that brought nothing for so long is closed. */
    static final Duration SILENCE = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(ControlLinks.class);
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int REDIAL_PAUSE_MS = 200;
    private static final int MOST_WAITING = 64;

    /** What the connections ask and tell. */
    interface Listener {
        /** What this node shows to the other; its volume when it has shown that already. */
        Greeting greeting(@Nullable NodeId other, @Nullable Greeting shown);

        GreetingVerdict judge(Greeting other);

        /** Judges the other side of an open connection by what this node has adopted since. */
        GreetingVerdict judgeAgain(Greeting other);

        /** Where another node is reached; null when nobody knows. */
        @Nullable
        RingNode place(NodeId node);

        void onPacket(ConsensusPacket packet);

        void onMessage(NodeId from, AuthorityMessage message);
    }

    /** An attempt to reach an address, and what is to be said there. */
    private static final class Dial {
        final List<ControlMessage> waiting = new ArrayList<>();
        boolean busy;
        long notBeforeMs;
    }

    private record Place(String host, int port, @Nullable NodeId expected) {}

    private final Addresses addresses;
    private final Listener listener;
    private final NetClient client;
    private final Map<NodeId, ControlLink> links = new HashMap<>();
    private final Map<Place, Dial> dials = new HashMap<>();

    /** How often somebody was refused, by reason. */
    private final Map<RefusalCode, Long> refused = new EnumMap<>(RefusalCode.class);

    /** What was said last of whom, so that the log says it once. */
    private final Map<NodeId, RefusalCode> refusals = new HashMap<>();

    ControlLinks(Vertx vertx, Listener listener) {
        this.addresses = new Addresses(vertx);
        this.listener = listener;
        // Closing a connection ourselves would wait for what a vanished peer never takes; the time-out does not.
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setTcpNoDelay(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) SILENCE.toMillis()));
    }

    void send(NodeId to, ControlMessage message) {
        ControlLink link = links.get(to);
        if (link != null) {
            link.send(message);
            return;
        }
        RingNode place = listener.place(to);
        if (place != null) {
            dial(new Place(place.host(), place.ports().membership(), to), message);
        }
    }

    /** Sends to whoever answers at an address. */
    void call(String host, int membershipPort, ControlMessage message) {
        dial(new Place(host, membershipPort, null), message);
    }

    /** Judges everybody once more, because this node knows more than when they greeted. */
    void judgeAgain() {
        for (ControlLink link : List.copyOf(links.values())) {
            judge(link, listener.judgeAgain(link.greeting));
        }
    }

    /** How often a node was not believed for this reason. */
    long refused(RefusalCode code) {
        return refused.getOrDefault(code, 0L);
    }

    int open() {
        return links.size();
    }

    Future<Void> close() {
        List.copyOf(links.values()).forEach(ControlLink::close);
        return client.close();
    }

    // ---- making connections

    private void dial(Place place, ControlMessage message) {
        Dial dial = dials.computeIfAbsent(place, each -> new Dial());
        if (Clock.nowMs() < dial.notBeforeMs || dial.waiting.size() >= MOST_WAITING) {
            return;
        }
        dial.waiting.add(message);
        if (dial.busy) {
            return;
        }
        dial.busy = true;
        addresses
                .resolve(place.host())
                .compose(address -> client.connect(place.port(), address))
                .onSuccess(socket -> {
                    socket.write(Buffer.buffer(Integer.BYTES).appendInt(MAGIC));
                    say(socket, new ControlMessage.Hello(listener.greeting(place.expected(), null)));
                    converse(socket, Buffer.buffer(), place);
                })
                .onFailure(refused -> giveUp(place));
    }

    private void giveUp(Place place) {
        Dial dial = dials.get(place);
        if (dial != null) {
            dial.busy = false;
            dial.waiting.clear();
            dial.notBeforeMs = Clock.nowMs() + REDIAL_PAUSE_MS;
        }
    }

    /**
     * Goes on with a connection whose first four bytes were {@link #MAGIC}.
     *
     * @param rest what came after them so far
     */
    void accept(NetSocket socket, Buffer rest) {
        converse(socket, rest, null);
    }

    private void converse(NetSocket socket, Buffer begun, @Nullable Place dialled) {
        Conversation conversation = new Conversation(socket, dialled);
        socket.exceptionHandler(
                broken -> LOG.debug("control link {}: {}", socket.remoteAddress(), broken.getMessage()));
        socket.closeHandler(gone -> conversation.end());
        socket.handler(conversation::take);
        conversation.take(begun);
    }

    private static void say(NetSocket socket, ControlMessage message) {
        socket.write(Buffer.buffer(Frames.frame(message::write)));
    }

    /** Whether the connection may stay. */
    private boolean judge(ControlLink link, GreetingVerdict verdict) {
        link.trust(verdict instanceof GreetingVerdict.Welcome || verdict instanceof GreetingVerdict.Behind);
        if (!(verdict instanceof GreetingVerdict.Refused)) {
            refusals.remove(link.peer());
        }
        if (verdict instanceof GreetingVerdict.Refused(RefusalCode code, String detail)) {
            refused.merge(code, 1L, Long::sum);
            if (refusals.put(link.peer(), code) != code) {
                LOG.warn("{}: {}", code.word(), detail);
            }
            if (code == RefusalCode.FOREIGN_CLUSTER) {
                link.send(new ControlMessage.TurnedAway(detail));
                link.close();
                return false;
            }
        }
        return true;
    }

    /** One connection from the first byte to the last. */
    private final class Conversation {
        private final NetSocket socket;
        private final @Nullable Place dialled;
        private final Frames frames = new Frames();
        private @Nullable ControlLink link;

        Conversation(NetSocket socket, @Nullable Place dialled) {
            this.socket = socket;
            this.dialled = dialled;
        }

        void take(Buffer piece) {
            try {
                frames.feed(piece.getBytes());
                for (WireReader in = frames.next(); in != null; in = frames.next()) {
                    hear(ControlMessage.read(in));
                }
            } catch (MalformedException malformed) {
                LOG.warn("control link {} closed: {}", socket.remoteAddress(), malformed.getMessage());
                socket.close();
            }
        }

        private void hear(ControlMessage message) {
            switch (message) {
                case ControlMessage.Hello(Greeting greeting) -> open(greeting);
                case ControlMessage.TurnedAway(String why) ->
                    LOG.warn("turned away by {}: {}", socket.remoteAddress(), why);
                case ControlMessage.LogPacket(ConsensusPacket packet) -> {
                    if (link != null && link.isTrusted() && packet.from().node().equals(link.peer())) {
                        listener.onPacket(packet);
                    }
                }
                case ControlMessage.Command(AuthorityMessage command) -> {
                    if (link != null) {
                        listener.onMessage(link.peer(), command);
                    }
                }
            }
        }

        private void open(Greeting greeting) {
            if (link != null) {
                throw new MalformedException("a second greeting");
            }
            if (dialled == null) {
                say(socket, new ControlMessage.Hello(listener.greeting(greeting.node(), greeting)));
            }
            ControlLink opened = new ControlLink(greeting, socket);
            if (!judge(opened, listener.judge(greeting))) {
                return;
            }
            link = opened;
            links.put(opened.peer(), opened);
            flush(opened);
        }

        private void flush(ControlLink opened) {
            Dial dial = dialled == null ? null : dials.remove(dialled);
            if (dial == null || dialled == null) {
                return;
            }
            for (ControlMessage message : dial.waiting) {
                if (dialled.expected() == null || dialled.expected().equals(opened.peer())) {
                    opened.send(message);
                }
            }
        }

        void end() {
            if (link != null) {
                links.remove(link.peer(), link);
            }
            if (dialled != null) {
                giveUp(dialled);
            }
        }
    }
}
