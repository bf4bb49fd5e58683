package dev.kvorum.core.membership;

import static dev.kvorum.core.membership.Membership.TICK_MS;

import dev.kvorum.core.membership.MembershipEffect.Send;
import dev.kvorum.core.membership.MembershipEffect.Trace;
import dev.kvorum.core.membership.MembershipInput.Received;
import dev.kvorum.core.membership.MembershipInput.Tick;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** One machine, and the others played by the test: what they say goes in, what the machine does comes out. */
final class Conversation {

    static final String CLUSTER = "cluster-1";
    static final NodeId SELF = node(0);

    final Membership machine;
    long nowMs = 1_000;

    Conversation(Seed... seeds) {
        this(MembershipConfig.standard(), seeds);
    }

    Conversation(MembershipConfig config, Seed... seeds) {
        machine = new Membership(
                config, new LocalNode(CLUSTER, SELF, profile(0)), Arrays.asList(seeds), new SplittableRandom(1));
    }

    static NodeId node(int number) {
        return new NodeId(0, 0, number);
    }

    static Profile profile(int number) {
        return new Profile("node-" + number, "zone-a", "host-" + number, new Ports(8080, 6379, 7600, 7601, 9600));
    }

    static Seed seed(int number) {
        return new Seed(node(number), profile(number).contact());
    }

    static Rumour word(int number, long incarnation) {
        return rumour(number, MemberState.ALIVE, incarnation, number);
    }

    static Rumour rumour(int subject, MemberState state, long incarnation, int accuser) {
        return new Rumour(node(subject), profile(subject), state, new Vitals(incarnation, 1, 100), node(accuser));
    }

    List<MembershipEffect> input(MembershipInput input) {
        List<MembershipEffect> effects = new ArrayList<>();
        machine.step(nowMs, input, effects::add);
        return effects;
    }

    List<MembershipEffect> tick() {
        return input(new Tick());
    }

    /** Ticks every 100 ms for so long, and returns all effects. */
    List<MembershipEffect> pass(long ms) {
        List<MembershipEffect> effects = new ArrayList<>();
        for (long untilMs = nowMs + ms; nowMs < untilMs; ) {
            nowMs += TICK_MS;
            effects.addAll(tick());
        }
        return effects;
    }

    /** The same, while every ping is answered at once by whom it was sent to, in its first incarnation. */
    List<MembershipEffect> passAnswered(long ms) {
        List<MembershipEffect> effects = new ArrayList<>();
        for (long untilMs = nowMs + ms; nowMs < untilMs; ) {
            List<MembershipEffect> turn = pass(TICK_MS);
            for (Send ping : sent(turn, Ping.class)) {
                Ping question = (Ping) ping.packet().message();
                effects.addAll(hear(ping.to().low(), new MembershipMessage.Ack(question.sequence())));
            }
            effects.addAll(turn);
        }
        return effects;
    }

    /** Alive node {@code from} sends the message, with these rumours riding along. */
    List<MembershipEffect> hear(int from, MembershipMessage message, Rumour... gossip) {
        return hear(word(from, 1), message, gossip);
    }

    List<MembershipEffect> hear(Rumour sender, MembershipMessage message, Rumour... gossip) {
        return input(received(Transport.UDP, CLUSTER, SELF, sender, message, gossip));
    }

    static Received received(
            Transport transport,
            String cluster,
            NodeId to,
            Rumour sender,
            MembershipMessage message,
            Rumour... gossip) {
        Contact source = new Contact("10.0.0." + sender.subject().low(), 40_000);
        return new Received(
                transport, source, new MembershipPacket(cluster, to, sender, message, Arrays.asList(gossip)));
    }

    /** Makes these nodes known, alive. */
    Conversation knowing(int... numbers) {
        for (int number : numbers) {
            hear(number, new MembershipMessage.Gossip());
        }
        return this;
    }

    Member member(int number) {
        return machine.view().member(node(number)).orElseThrow();
    }

    MemberState state(int number) {
        return member(number).state();
    }

    static <E extends MembershipEffect> List<E> only(List<MembershipEffect> effects, Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static <T extends MembershipTrace> List<T> traces(List<MembershipEffect> effects, Class<T> kind) {
        return only(effects, Trace.class).stream()
                .map(Trace::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** What was sent with this kind of message. */
    static List<Send> sent(List<MembershipEffect> effects, Class<? extends MembershipMessage> kind) {
        return only(effects, Send.class).stream()
                .filter(send -> kind.isInstance(send.packet().message()))
                .toList();
    }
}
