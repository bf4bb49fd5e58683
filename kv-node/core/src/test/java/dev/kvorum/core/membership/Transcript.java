package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.Left;
import dev.kvorum.core.membership.MembershipEffect.LoopGap;
import dev.kvorum.core.membership.MembershipEffect.MemberChanged;
import dev.kvorum.core.membership.MembershipEffect.SelfRefuted;
import dev.kvorum.core.membership.MembershipEffect.Send;
import dev.kvorum.core.membership.MembershipEffect.Trace;
import dev.kvorum.core.membership.MembershipInput.Leave;
import dev.kvorum.core.membership.MembershipInput.ScoreChanged;
import dev.kvorum.core.membership.MembershipMessage.Ack;
import dev.kvorum.core.membership.MembershipMessage.ExchangeReply;
import dev.kvorum.core.membership.MembershipMessage.ExchangeRequest;
import dev.kvorum.core.membership.MembershipMessage.Gossip;
import dev.kvorum.core.membership.MembershipMessage.Nack;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import dev.kvorum.core.membership.MembershipMessage.PingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Plays the inputs of a recorded conversation and writes it down again with what the machine does. The node under
 * test is number 0; {@code #1}, {@code #2} are its own sequences in the order in which they first appear.
 *
 * <pre>
 * seeds 1 2                      the bootstrap document (first line)
 * tick | pass 500 | stall 3000   time: one tick, ticks for so long, one tick after so long
 * hear 2@1 ping 7 | suspect 0@1 by 3, alive 4@2
 * leave | score 40
 *   ...                          indented: what the machine does
 * </pre>
 */
final class Transcript {

    private final List<Long> sequences = new ArrayList<>();
    private final StringBuilder written = new StringBuilder();
    private Conversation talk = new Conversation();

    String replay(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("  ")) {
                continue; // what was recorded of the effects; written anew
            }
            written.append(line).append('\n');
            if (!line.isBlank() && !line.startsWith("#")) {
                play(line.split(" ", 2));
            }
        }
        return written.toString();
    }

    private void play(String[] command) {
        String rest = command.length > 1 ? command[1] : "";
        switch (command[0]) {
            case "seeds" -> begin(rest);
            case "tick" -> pass(Membership.TICK_MS);
            case "pass" -> pass(Integer.parseInt(rest));
            case "stall" -> stall(Long.parseLong(rest));
            case "hear" -> hear(rest).forEach(this::write);
            case "leave" -> talk.input(new Leave()).forEach(this::write);
            case "score" -> talk.input(new ScoreChanged(Integer.parseInt(rest))).forEach(this::write);
            default -> throw new IllegalArgumentException("unknown command " + command[0]);
        }
    }

    private void begin(String numbers) {
        List<Seed> seeds = new ArrayList<>();
        for (String number : numbers.split(" ", -1)) {
            seeds.add(Conversation.seed(Integer.parseInt(number)));
        }
        talk = new Conversation(seeds.toArray(Seed[]::new));
    }

    private void pass(int ms) {
        for (int passed = 0; passed < ms; passed += Membership.TICK_MS) {
            talk.pass(Membership.TICK_MS).forEach(this::write);
        }
    }

    private void stall(long ms) {
        talk.nowMs += ms;
        talk.tick().forEach(this::write);
    }

    private List<MembershipEffect> hear(String text) {
        String[] parts = text.split(" \\| ", 2);
        String[] words = parts[0].split(" ", 2);
        Rumour sender = rumour("alive " + words[0]);
        List<Rumour> gossip = parts.length > 1 ? rumours(parts[1]) : List.of();
        boolean exchange = words[1].startsWith("exchange");
        MembershipMessage message = message(words[1], exchange ? gossip : List.of());
        return talk.hear(sender, message, exchange ? new Rumour[0] : gossip.toArray(Rumour[]::new));
    }

    private MembershipMessage message(String text, List<Rumour> members) {
        String[] words = text.split(" ", -1);
        return switch (words[0]) {
            case "ping" -> new Ping(sequence(words[1]));
            case "ack" -> new Ack(sequence(words[1]));
            case "nack" -> new Nack(sequence(words[1]));
            case "ping-request" -> new PingRequest(sequence(words[1]), Conversation.node(Integer.parseInt(words[2])));
            case "gossip" -> new Gossip();
            case "exchange-request" -> new ExchangeRequest(members);
            case "exchange-reply" -> new ExchangeReply(members);
            default -> throw new IllegalArgumentException("unknown message " + text);
        };
    }

    private long sequence(String word) {
        return word.startsWith("#") ? sequences.get(Integer.parseInt(word.substring(1)) - 1) : Long.parseLong(word);
    }

    private static List<Rumour> rumours(String text) {
        List<Rumour> rumours = new ArrayList<>();
        for (String one : text.split(", ", -1)) {
            rumours.add(rumour(one));
        }
        return rumours;
    }

    /** {@code suspect 3@1 by 2}: state, subject, incarnation, accuser. */
    private static Rumour rumour(String text) {
        String[] words = text.split("[ @]", -1);
        MemberState state = MemberState.valueOf(words[0].toUpperCase(Locale.ROOT));
        int subject = Integer.parseInt(words[1]);
        int accuser = words.length > 4 ? Integer.parseInt(words[4]) : subject;
        return Conversation.rumour(subject, state, Long.parseLong(words[2]), accuser);
    }

    private void write(MembershipEffect effect) {
        long sinceStartMs = talk.nowMs - 1_000;
        switch (effect) {
            case Send send -> line(sinceStartMs, sent(send));
            case MemberChanged(Member member) ->
                line(
                        sinceStartMs,
                        member.id().low() + " is " + name(member.state()) + " @" + member.incarnation()
                                + (member.score() == Vitals.HEALTHY ? "" : ", score " + member.score()));
            case SelfRefuted(MemberState held, long incarnation) ->
                line(sinceStartMs, "refuted " + name(held) + " with @" + incarnation);
            case LoopGap(long gapMs) -> line(sinceStartMs, "stood still for " + gapMs + " ms");
            case Left() -> line(sinceStartMs, "has left");
            case Trace(MembershipTrace event) -> {
                if (event instanceof MembershipTrace.StretchChanged(int multiplier)) {
                    line(sinceStartMs, "stretches its probing by " + multiplier);
                }
            }
        }
    }

    private String sent(Send send) {
        MembershipPacket packet = send.packet();
        String gossip = packet.gossip().stream().map(Transcript::text).sorted().collect(Collectors.joining(", "));
        return "to " + send.to().low() + " by " + send.transport().name().toLowerCase(Locale.ROOT) + ": "
                + text(packet.message()) + (gossip.isEmpty() ? "" : " | " + gossip);
    }

    private String text(MembershipMessage message) {
        return switch (message) {
            case Ping(long sequence) -> "ping " + label(sequence);
            case PingRequest(long sequence, var target) -> "ping-request " + label(sequence) + ' ' + target.low();
            case Ack(long sequence) -> "ack " + label(sequence);
            case Nack(long sequence) -> "nack " + label(sequence);
            case Gossip() -> "gossip";
            case ExchangeRequest(List<Rumour> members) -> "exchange-request" + list(members);
            case ExchangeReply(List<Rumour> members) -> "exchange-reply" + list(members);
        };
    }

    private static String list(List<Rumour> members) {
        return members.stream().map(Transcript::text).collect(Collectors.joining(", ", " of [", "]"));
    }

    /** Small numbers are those of the other nodes. */
    private String label(long sequence) {
        if (sequence < 1_000) {
            return String.valueOf(sequence);
        }
        if (!sequences.contains(sequence)) {
            sequences.add(sequence);
        }
        return "#" + (sequences.indexOf(sequence) + 1);
    }

    private static String text(Rumour rumour) {
        String accuser = rumour.accuser().equals(rumour.subject())
                ? ""
                : " by " + rumour.accuser().low();
        return name(rumour.state()) + ' ' + rumour.subject().low() + '@' + rumour.incarnation() + accuser;
    }

    private static String name(MemberState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private void line(long atMs, String what) {
        written.append("  ").append(atMs).append(" ms: ").append(what).append('\n');
    }
}
