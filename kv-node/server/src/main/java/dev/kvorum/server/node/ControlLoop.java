package dev.kvorum.server.node;

import dev.kvorum.core.membership.Contact;
import dev.kvorum.core.membership.LocalNode;
import dev.kvorum.core.membership.MemberView;
import dev.kvorum.core.membership.Membership;
import dev.kvorum.core.membership.MembershipCodec;
import dev.kvorum.core.membership.MembershipConfig;
import dev.kvorum.core.membership.MembershipEffect;
import dev.kvorum.core.membership.MembershipInput;
import dev.kvorum.core.membership.MembershipPacket;
import dev.kvorum.core.membership.Seed;
import dev.kvorum.core.membership.Transport;
import dev.kvorum.core.node.MemberWatch;
import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.wire.MalformedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control context of a node: the membership machine, its datagrams and its streams. Everything runs on this
 * context's thread; {@link #view()} may be read from any.
 */
final class ControlLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int STREAM_IDLE_S = 5;
    private static final int LENGTH_BYTES = 4;

    private final Vertx vertx;
    private final Addresses addresses;
    private final Consumer<ReplicationInput> out;
    private final NetClient client;
    private final Consumer<Throwable> onBug;
    private final OwnThread thread;
    private final Promise<Void> left = Promise.promise();
    private @Nullable Membership machine;
    private @Nullable MemberWatch watch;
    private @Nullable Enrolment enrolment;
    private @Nullable DatagramSocket datagrams;
    private @Nullable NetServer server;
    private volatile MemberView view = MemberView.empty();
    private volatile long begunMs;

    /**
     * @param out takes what the replication machines of all loops must know
     * @param onBug ends the process
     */
    ControlLoop(Vertx vertx, Addresses addresses, Consumer<ReplicationInput> out, Consumer<Throwable> onBug) {
        this.vertx = vertx;
        this.addresses = addresses;
        this.out = out;
        this.onBug = onBug;
        this.thread = new OwnThread(onBug);
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS).setIdleTimeout(STREAM_IDLE_S));
    }

    /** On the control context, whose thread is the one that sockets made here are heard on. */
    Future<Void> listen(String host, int port) {
        DatagramSocket made = vertx.createDatagramSocket();
        datagrams = made;
        vertx.setPeriodic(Membership.TICK_MS, timer -> onTick());
        NetServer opened = vertx.createNetServer(new NetServerOptions()
                        .setTcpNoDelay(true)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setReadIdleTimeout((int) ControlLinks.SILENCE.toMillis()))
                .connectHandler(this::onStream);
        server = opened;
        return made.listen(port, host)
                .compose(socket -> {
                    socket.handler(this::onDatagram);
                    return opened.listen(port, host);
                })
                .mapEmpty();
    }

    void begin(MembershipConfig config, LocalNode self, Ring ring) {
        begunMs = Clock.nowMs();
        watch = new MemberWatch(self.id());
        machine =
                new Membership(config, self, ring.nodes().stream().map(Seed::of).toList(), new SplittableRandom());
        onTick();
    }

    /** From now on the membership and the connections of others reach this node's part of the authority. */
    void enrol(Enrolment begun) {
        enrolment = begun;
    }

    MemberView view() {
        return view;
    }

    /** Since when this process sees members at all, on the monotonic clock; 0 before. */
    long begunMs() {
        return begunMs;
    }

    /** Tells the members how well this node works, by its own judgement. */
    void judge(int score) {
        step(new MembershipInput.ScoreChanged(score));
    }

    /** Says good-bye; completes when that was told often enough. */
    Future<Void> leave() {
        if (machine == null) {
            return Future.succeededFuture();
        }
        step(new MembershipInput.Leave());
        return left.future();
    }

    private void onTick() {
        step(new MembershipInput.Tick());
        if (machine != null) {
            view = machine.view();
        }
    }

    private void step(MembershipInput input) {
        if (machine == null || !thread.isThis()) {
            return;
        }
        try {
            machine.step(Clock.nowMs(), input, this::perform);
        } catch (RuntimeException bug) {
            LOG.error("the membership stopped at {}: the process ends and restarts", input, bug);
            onBug.accept(bug);
        }
    }

    private void perform(MembershipEffect effect) {
        switch (effect) {
            case MembershipEffect.Send send -> send(send);
            case MembershipEffect.Left() -> left.tryComplete();
            case MembershipEffect.MemberChanged(var member) -> {
                LOG.info("member {} ({}) is {}", member.id(), member.profile().name(), member.state());
                tell(effect);
            }
            case MembershipEffect.SelfRefuted ignored -> tell(effect);
            case MembershipEffect.LoopGap(long gapMs) -> {
                LOG.warn("this node stood still for {} ms", gapMs);
                tell(effect);
            }
            case MembershipEffect.Trace(var event) -> LOG.debug("{}", event);
        }
    }

    private void tell(MembershipEffect effect) {
        ReplicationInput input = watch == null ? null : watch.onEffect(effect);
        if (input != null) {
            out.accept(input);
        }
        if (input instanceof ReplicationInput.MembersChanged(var alive) && enrolment != null) {
            enrolment.onMembers(alive);
        }
    }

    // ---- packets out

    private void send(MembershipEffect.Send send) {
        byte[] packet = MembershipCodec.encode(send.packet());
        Contact contact = send.contact();
        addresses
                .resolve(contact.host())
                .onSuccess(address -> {
                    switch (send.transport()) {
                        case UDP -> sendDatagram(packet, contact.port(), address);
                        case TCP -> sendStream(packet, contact.port(), address);
                    }
                })
                .onFailure(unknown -> LOG.debug("{} does not resolve: {}", contact.host(), unknown.getMessage()));
    }

    private void sendDatagram(byte[] packet, int port, String address) {
        DatagramSocket open = datagrams;
        if (open != null) {
            open.send(Buffer.buffer(packet), port, address);
        }
    }

    private void sendStream(byte[] packet, int port, String address) {
        client.connect(port, address).onSuccess(socket -> {
            socket.exceptionHandler(broken -> LOG.debug("membership stream: {}", broken.getMessage()));
            socket.end(Buffer.buffer(LENGTH_BYTES + packet.length)
                    .appendInt(packet.length)
                    .appendBytes(packet));
        });
    }

    // ---- packets in

    private void onDatagram(DatagramPacket datagram) {
        receive(Transport.UDP, datagram.sender(), datagram.data().getBytes());
    }

    private void onStream(NetSocket socket) {
        Buffer received = Buffer.buffer();
        socket.exceptionHandler(broken -> LOG.debug("membership stream: {}", broken.getMessage()));
        socket.handler(piece -> {
            received.appendBuffer(piece);
            if (received.length() < LENGTH_BYTES) {
                return;
            }
            int length = received.getInt(0);
            if (length == ControlLinks.MAGIC) {
                hand(socket, received.getBuffer(LENGTH_BYTES, received.length()));
            } else if (length < 0 || length > MembershipCodec.MOST_BYTES) {
                LOG.warn("membership stream from {}: a packet of {} bytes", socket.remoteAddress(), length);
                socket.close();
            } else if (received.length() >= LENGTH_BYTES + length) {
                receive(Transport.TCP, socket.remoteAddress(), received.getBytes(LENGTH_BYTES, LENGTH_BYTES + length));
                socket.close();
            }
        });
    }

    /** Somebody wants to talk about the authority, in which a node without a cluster has no part yet. */
    private void hand(NetSocket socket, Buffer rest) {
        Enrolment begun = enrolment;
        if (begun == null) {
            socket.close();
        } else {
            begun.links().accept(socket, rest);
        }
    }

    private void receive(Transport transport, SocketAddress from, byte[] bytes) {
        MembershipPacket packet;
        try {
            packet = MembershipCodec.decode(bytes);
        } catch (MalformedException malformed) {
            LOG.debug("packet from {} dropped: {}", from, malformed.getMessage());
            return;
        }
        step(new MembershipInput.Received(transport, new Contact(from.hostAddress(), from.port()), packet));
    }

    Future<Void> close() {
        NetServer opened = server;
        DatagramSocket open = datagrams;
        return (open == null ? Future.<Void>succeededFuture() : open.close())
                .eventually(client::close)
                .eventually(() -> opened == null ? Future.succeededFuture() : opened.close());
    }
}
