package dev.kvorum.sim.world;

import dev.kvorum.core.membership.LocalNode;
import dev.kvorum.core.membership.Membership;
import dev.kvorum.core.membership.MembershipCodec;
import dev.kvorum.core.membership.MembershipConfig;
import dev.kvorum.core.membership.MembershipEffect;
import dev.kvorum.core.membership.MembershipInput;
import dev.kvorum.core.membership.Profile;
import dev.kvorum.core.membership.Seed;
import dev.kvorum.core.membership.Transport;
import dev.kvorum.core.node.MemberWatch;
import dev.kvorum.core.replication.ReplicationInput;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The control context of a node: its membership machine, datagrams and streams. */
final class Gossiper {

    private final Node node;
    private final World world;
    private final Membership machine;
    private final MemberWatch watch;

    Gossiper(Node node, World world, SplittableRandom luck) {
        this.node = node;
        this.world = world;
        this.watch = new MemberWatch(node.id());
        this.machine = new Membership(
                MembershipConfig.standard().withFlaws(world.settings().flaws().membershipFlaws()),
                new LocalNode(world.founding().clusterId(), node.id(), profile(node)),
                world.founding().nodes().stream().map(Seed::of).toList(),
                luck);
    }

    private static Profile profile(Node node) {
        return Profile.of(node.place());
    }

    Membership machine() {
        return machine;
    }

    void begin() {
        tick();
    }

    private void tick() {
        step(new MembershipInput.Tick());
        node.later(Membership.TICK_MS * 1_000L, this::tick);
    }

    void leave() {
        step(new MembershipInput.Leave());
    }

    private void step(MembershipInput input) {
        machine.step(node.nowMs(), input, this::perform);
    }

    private void perform(MembershipEffect effect) {
        switch (effect) {
            case MembershipEffect.Send send -> send(send);
            case MembershipEffect.MemberChanged(var member) -> {
                world.tell(node, () -> "holds " + world.indexOf(member.id()) + " for " + member.state());
                tellLoops(effect);
            }
            case MembershipEffect.SelfRefuted ignored -> tellLoops(effect);
            case MembershipEffect.LoopGap(long gapMs) -> {
                world.tell(node, () -> "stood still for " + gapMs + " ms");
                tellLoops(effect);
            }
            case MembershipEffect.Left() -> {}
            case MembershipEffect.Trace ignored -> {}
        }
    }

    private void tellLoops(MembershipEffect effect) {
        ReplicationInput input = watch.onEffect(effect);
        if (input instanceof ReplicationInput.WasAway) {
            node.loops().forEach(Loop::becomeHomeAnew);
            if (node.has(ShellFlaw.ABSENCE_UNNOTICED)) {
                return;
            }
        }
        if (input != null) {
            node.tell(input);
        }
    }

    // ---- packets

    private void send(MembershipEffect.Send send) {
        byte[] packet = MembershipCodec.encode(send.packet());
        int to = world.indexOfHost(send.contact().host());
        switch (send.transport()) {
            case UDP -> {
                sendDatagram(to, packet);
                if (world.network().doubles()) {
                    sendDatagram(to, packet);
                }
            }
            case TCP -> sendStream(to, packet);
        }
    }

    private void sendDatagram(int to, byte[] packet) {
        if (world.network().isOpen(node.index(), to) && !world.network().losesDatagram()) {
            world.schedule().after(world.network().delayUs(), () -> arrive(to, Transport.UDP, packet));
        }
    }

    /** A stream needs both ways, and a peer that accepts it. */
    private void sendStream(int to, byte[] packet) {
        if (world.network().isOpenBothWays(node.index(), to)) {
            world.schedule().after(3 * world.network().streamDelayUs(), () -> arrive(to, Transport.TCP, packet));
        }
    }

    private void arrive(int to, Transport transport, byte[] packet) {
        Node receiver = world.nodes().get(to);
        if (receiver.isServing() && world.network().isOpen(node.index(), to)) {
            receiver.run(receiver.life(), () -> receive(receiver.gossiper(), transport, packet));
        }
    }

    private void receive(@Nullable Gossiper receiver, Transport transport, byte[] packet) {
        if (receiver != null) {
            world.trail().mix(packet.length);
            receiver.step(
                    new MembershipInput.Received(transport, profile(node).contact(), MembershipCodec.decode(packet)));
        }
    }
}
