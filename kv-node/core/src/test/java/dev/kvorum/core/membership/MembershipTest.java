package dev.kvorum.core.membership;

import static dev.kvorum.core.membership.Conversation.node;
import static dev.kvorum.core.membership.Conversation.only;
import static dev.kvorum.core.membership.Conversation.profile;
import static dev.kvorum.core.membership.Conversation.received;
import static dev.kvorum.core.membership.Conversation.rumour;
import static dev.kvorum.core.membership.Conversation.seed;
import static dev.kvorum.core.membership.Conversation.sent;
import static dev.kvorum.core.membership.Conversation.traces;
import static dev.kvorum.core.membership.Conversation.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.membership.MembershipEffect.Left;
import dev.kvorum.core.membership.MembershipEffect.LoopGap;
import dev.kvorum.core.membership.MembershipEffect.MemberChanged;
import dev.kvorum.core.membership.MembershipEffect.SelfRefuted;
import dev.kvorum.core.membership.MembershipEffect.Send;
import dev.kvorum.core.membership.MembershipInput.Leave;
import dev.kvorum.core.membership.MembershipInput.ProfileChanged;
import dev.kvorum.core.membership.MembershipInput.ScoreChanged;
import dev.kvorum.core.membership.MembershipMessage.Ack;
import dev.kvorum.core.membership.MembershipMessage.ExchangeReply;
import dev.kvorum.core.membership.MembershipMessage.ExchangeRequest;
import dev.kvorum.core.membership.MembershipMessage.Gossip;
import dev.kvorum.core.membership.MembershipMessage.Nack;
import dev.kvorum.core.membership.MembershipMessage.Ping;
import dev.kvorum.core.membership.MembershipMessage.PingRequest;
import dev.kvorum.core.ring.NodeId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MembershipTest {

    @Test
    void aStartAsksThreeSeedsForEverythingAndNeverItself() {
        Conversation talk = new Conversation(seed(0), seed(1), seed(2), seed(3), seed(4));
        List<Send> asked = sent(talk.tick(), ExchangeRequest.class);
        assertThat(asked).hasSize(3).allMatch(send -> send.transport() == Transport.TCP);
        assertThat(asked).extracting(Send::to).doesNotContain(node(0)).doesNotHaveDuplicates();
    }

    @Test
    void seedsAreAskedEachSecondUntilOneExchangesThenMoreRarely() {
        Conversation talk = new Conversation(seed(1), seed(2));
        talk.tick();
        assertThat(sent(talk.pass(5_000), ExchangeRequest.class)).hasSize(5);
        talk.hear(1, new ExchangeReply(List.of()));
        assertThat(sent(talk.pass(20_000), ExchangeRequest.class))
                .filteredOn(send -> send.to().equals(node(2)))
                .hasSizeBetween(1, 3);
    }

    @Test
    void aNodeIsMetByItsOwnWordAtTheHeadOfAPacket() {
        Conversation talk = new Conversation();
        List<MembershipEffect> effects = talk.hear(1, new Gossip());
        assertThat(only(effects, MemberChanged.class))
                .singleElement()
                .extracting(changed -> changed.member().profile())
                .isEqualTo(profile(1));
        assertThat(talk.machine.view().isAlive(node(1))).isTrue();
    }

    @Test
    void aPingIsAnsweredToWhereItCameFrom() {
        Conversation talk = new Conversation();
        assertThat(sent(talk.hear(1, new Ping(42)), Ack.class)).singleElement().satisfies(ack -> {
            assertThat(ack.contact()).isEqualTo(new Contact("10.0.0.1", 40_000));
            assertThat(ack.packet().message()).isEqualTo(new Ack(42));
            assertThat(ack.transport()).isEqualTo(Transport.UDP);
        });
    }

    @Test
    void aPingOverAStreamIsAnsweredOverAStreamToTheAdvertisedContact() {
        Conversation talk = new Conversation();
        var ping = received(Transport.TCP, Conversation.CLUSTER, node(0), word(1, 1), new Ping(42));
        assertThat(sent(talk.input(ping), Ack.class)).singleElement().satisfies(ack -> {
            assertThat(ack.contact()).isEqualTo(profile(1).contact());
            assertThat(ack.transport()).isEqualTo(Transport.TCP);
        });
    }

    @Test
    void packetsOfAnotherClusterAreDroppedWithATrace() {
        Conversation talk = new Conversation();
        var foreign = received(Transport.UDP, "cluster-2", node(0), word(1, 1), new Ping(1));
        List<MembershipEffect> effects = talk.input(foreign);
        assertThat(effects).hasSize(1);
        assertThat(traces(effects, MembershipTrace.ForeignCluster.class))
                .containsExactly(new MembershipTrace.ForeignCluster(node(1), "cluster-2"));
        assertThat(talk.machine.view().members()).hasSize(1);
    }

    @Test
    void packetsForAnotherNodeAreNotAnswered() {
        Conversation talk = new Conversation();
        var forOther = received(Transport.UDP, Conversation.CLUSTER, node(9), word(1, 1), new Ping(1));
        List<MembershipEffect> effects = talk.input(forOther);
        assertThat(effects).hasSize(1);
        assertThat(traces(effects, MembershipTrace.Misdirected.class)).hasSize(1);
    }

    @Test
    void aPacketUnderOurOwnIdIsDroppedWithATrace() {
        Conversation talk = new Conversation();
        assertThat(traces(talk.hear(word(0, 7), new Ping(1)), MembershipTrace.OwnIdSeen.class))
                .hasSize(1);
        assertThat(talk.member(0).incarnation()).isEqualTo(1);
    }

    @Test
    void oneMemberIsProbedPerInterval() {
        Conversation talk = new Conversation().knowing(1, 2, 3);
        assertThat(sent(talk.passAnswered(10_000), Ping.class)).hasSize(10);
    }

    @Test
    void aSilentMemberIsTriedThroughThreeOthersAndOverAStreamBeforeItIsSuspected() {
        Conversation talk = new Conversation().knowing(1, 2, 3, 4, 5);
        Send ping = sent(talk.tick(), Ping.class).getFirst();
        List<MembershipEffect> later = talk.pass(500);
        assertThat(sent(later, PingRequest.class))
                .hasSize(3)
                .allMatch(request -> !request.to().equals(ping.to()))
                .extracting(send -> send.packet().message())
                .containsOnly(new PingRequest(sequence(ping), ping.to()));
        assertThat(sent(later, Ping.class)).singleElement().satisfies(fallback -> {
            assertThat(fallback.transport()).isEqualTo(Transport.TCP);
            assertThat(fallback.to()).isEqualTo(ping.to());
        });
        assertThat(talk.state(ping.to().low())).isEqualTo(MemberState.ALIVE);
        talk.pass(500);
        assertThat(talk.state(ping.to().low())).isEqualTo(MemberState.SUSPECT);
    }

    @Test
    void anAnswerThroughARelayEndsTheProbe() {
        Conversation talk = new Conversation().knowing(1, 2, 3);
        Send ping = sent(talk.tick(), Ping.class).getFirst();
        Send request = sent(talk.pass(500), PingRequest.class).getFirst();
        List<MembershipEffect> effects = talk.hear(request.to().low(), new Ack(sequence(ping)));
        assertThat(traces(effects, MembershipTrace.ProbeAcked.class))
                .containsExactly(new MembershipTrace.ProbeAcked(ping.to(), request.to(), Transport.UDP));
        talk.pass(500);
        assertThat(talk.state(ping.to().low())).isEqualTo(MemberState.ALIVE);
    }

    @Test
    void answersWithAnotherNumberOrFromAStrangerDoNotEndTheProbe() {
        Conversation talk = new Conversation().knowing(1, 2);
        Send ping = sent(talk.tick(), Ping.class).getFirst();
        int target = ping.to().low();
        int other = 3 - target;
        assertThat(traces(talk.hear(target, new Ack(sequence(ping) + 1)), MembershipTrace.StrayAck.class))
                .hasSize(1);
        assertThat(traces(talk.hear(other, new Ack(sequence(ping))), MembershipTrace.StrayAck.class))
                .hasSize(1);
        talk.pass(1_000);
        assertThat(talk.state(target)).isEqualTo(MemberState.SUSPECT);
    }

    @Test
    void aRelayPassesTheAnswerOn() {
        Conversation talk = new Conversation().knowing(1, 2);
        Send ping = sent(talk.hear(1, new PingRequest(77, node(2))), Ping.class).getFirst();
        assertThat(ping.to()).isEqualTo(node(2));
        List<Send> passedOn = sent(talk.hear(2, new Ack(sequence(ping))), Ack.class);
        assertThat(passedOn).singleElement().satisfies(ack -> {
            assertThat(ack.to()).isEqualTo(node(1));
            assertThat(ack.packet().message()).isEqualTo(new Ack(77));
        });
    }

    @Test
    void aRelayWithoutAnAnswerSaysSoInTime() {
        Conversation talk = new Conversation().knowing(1, 2);
        talk.tick();
        talk.hear(1, new PingRequest(77, node(2)));
        assertThat(sent(talk.pass(300), Nack.class)).isEmpty();
        assertThat(sent(talk.pass(100), Nack.class))
                .singleElement()
                .extracting(nack -> nack.packet().message())
                .isEqualTo(new Nack(77));
        assertThat(sent(talk.pass(3_000), Nack.class)).isEmpty();
    }

    @Test
    void aRelayThatDoesNotKnowTheTargetSaysSoAtOnce() {
        Conversation talk = new Conversation().knowing(1);
        assertThat(sent(talk.hear(1, new PingRequest(77, node(2))), Nack.class)).hasSize(1);
    }

    @Test
    void missingNacksStretchOurOwnProbing() {
        Conversation silent = new Conversation().knowing(1, 2, 3, 4);
        silent.tick();
        assertThat(traces(silent.pass(1_000), MembershipTrace.StretchChanged.class))
                .containsExactly(new MembershipTrace.StretchChanged(4));

        Conversation helpful = new Conversation().knowing(1, 2, 3, 4);
        helpful.tick();
        for (Send request : sent(helpful.pass(500), PingRequest.class)) {
            helpful.hear(request.to().low(), new Nack(sequence(request)));
        }
        assertThat(traces(helpful.pass(500), MembershipTrace.StretchChanged.class))
                .isEmpty();
    }

    @Test
    void aLowScoreIsToldAndStretchesOurProbing() {
        Conversation talk = new Conversation().knowing(1, 2, 3);
        List<MembershipEffect> effects = talk.input(new ScoreChanged(50));
        assertThat(traces(effects, MembershipTrace.StretchChanged.class))
                .containsExactly(new MembershipTrace.StretchChanged(5));
        assertThat(talk.member(0).score()).isEqualTo(50);
        assertThat(sent(talk.tick(), Gossip.class))
                .isNotEmpty()
                .allMatch(send -> send.packet().sender().vitals().score() == 50);
    }

    @Test
    void anothersScoreIsSeen() {
        Conversation talk = new Conversation().knowing(1);
        Rumour slow = new Rumour(node(1), profile(1), MemberState.ALIVE, new Vitals(1, 2, 30), node(1));
        assertThat(only(talk.hear(slow, new Gossip()), MemberChanged.class)).hasSize(1);
        assertThat(talk.member(1).score()).isEqualTo(30);
    }

    @Test
    void aSuspicionEndsAfterTwentyFourIntervalsWithoutAndFourWithEnoughConfirmations() {
        Conversation alone = accused();
        alone.passAnswered(23_900);
        assertThat(alone.state(1)).isEqualTo(MemberState.SUSPECT);
        alone.passAnswered(100);
        assertThat(alone.state(1)).isEqualTo(MemberState.DEAD);

        Conversation confirmed = accused();
        confirmed.hear(2, new Gossip(), rumour(1, MemberState.SUSPECT, 1, 3));
        confirmed.hear(2, new Gossip(), rumour(1, MemberState.SUSPECT, 1, 4));
        confirmed.hear(2, new Gossip(), rumour(1, MemberState.SUSPECT, 1, 5));
        confirmed.passAnswered(3_900);
        assertThat(confirmed.state(1)).isEqualTo(MemberState.SUSPECT);
        confirmed.passAnswered(100);
        assertThat(confirmed.state(1)).isEqualTo(MemberState.DEAD);
    }

    @Test
    void oneAccuserCountsOnce() {
        Conversation talk = accused();
        for (int again = 0; again < 5; again++) {
            talk.hear(2, new Gossip(), rumour(1, MemberState.SUSPECT, 1, 2));
        }
        talk.passAnswered(23_900);
        assertThat(talk.state(1)).isEqualTo(MemberState.SUSPECT);
    }

    @Test
    void aSuspectRefutesWithAHigherIncarnationOnly() {
        Conversation talk = accused();
        talk.hear(word(1, 1), new Gossip());
        assertThat(talk.state(1)).isEqualTo(MemberState.SUSPECT);
        talk.hear(word(1, 2), new Gossip());
        assertThat(talk.state(1)).isEqualTo(MemberState.ALIVE);
        talk.hear(2, new Gossip(), rumour(1, MemberState.SUSPECT, 1, 2));
        assertThat(talk.state(1)).isEqualTo(MemberState.ALIVE);
        assertThat(talk.member(1).incarnation()).isEqualTo(2);
    }

    @Test
    void aSuspectIsToldWithTheNextPacketToIt() {
        Conversation talk = accused();
        assertThat(sent(talk.hear(1, new Ping(5)), Ack.class)
                        .getFirst()
                        .packet()
                        .gossip())
                .first()
                .isEqualTo(rumour(1, MemberState.SUSPECT, 1, 2));
    }

    @Test
    void aDeathHeardFromAnotherIsOneMoreAccusation() {
        Conversation talk = new Conversation().knowing(1, 2, 3, 4, 5);
        talk.hear(2, new Gossip(), rumour(1, MemberState.DEAD, 1, 2));
        assertThat(talk.state(1)).isEqualTo(MemberState.SUSPECT);
        List<MembershipEffect> second = talk.hear(3, new Gossip(), rumour(1, MemberState.DEAD, 1, 3));
        assertThat(traces(second, MembershipTrace.Confirmed.class)).hasSize(1);
        assertThat(talk.state(1)).isEqualTo(MemberState.SUSPECT);
    }

    @Test
    void theDeathOfAStrangerIsTakenAsHeard() {
        Conversation talk = new Conversation().knowing(2);
        talk.hear(2, new Gossip(), rumour(1, MemberState.DEAD, 4, 2));
        assertThat(talk.state(1)).isEqualTo(MemberState.DEAD);
        talk.hear(2, new Gossip(), rumour(3, MemberState.LEFT, 4, 3));
        assertThat(talk.machine.view().member(node(3))).isEmpty();
    }

    @Test
    void whatIsSaidOfUsIsRefutedAtOnce() {
        Conversation talk = new Conversation();
        List<MembershipEffect> effects = talk.hear(1, new Ping(5), rumour(0, MemberState.SUSPECT, 1, 2));
        assertThat(only(effects, SelfRefuted.class)).containsExactly(new SelfRefuted(MemberState.SUSPECT, 2));
        assertThat(sent(effects, Ack.class).getFirst().packet().sender().incarnation())
                .isEqualTo(2);
        assertThat(only(talk.hear(1, new Gossip(), rumour(0, MemberState.SUSPECT, 1, 2)), SelfRefuted.class))
                .isEmpty();
        assertThat(talk.state(0)).isEqualTo(MemberState.ALIVE);
    }

    @Test
    void aRestartedNodeGoesAboveItsEarlierLife() {
        Conversation talk = new Conversation(seed(1));
        talk.tick();
        List<MembershipEffect> effects = talk.hear(1, new ExchangeReply(List.of(rumour(0, MemberState.DEAD, 7, 1))));
        assertThat(only(effects, SelfRefuted.class)).containsExactly(new SelfRefuted(MemberState.DEAD, 8));
        assertThat(talk.member(0).incarnation()).isEqualTo(8);
    }

    @Test
    void anEarlierLifeThatStillCountsAsAliveIsOvertakenWithoutARefutation() {
        Conversation talk = new Conversation(seed(1));
        talk.tick();
        Rumour earlier = new Rumour(node(0), profile(9), MemberState.ALIVE, new Vitals(1, 500, 100), node(0));
        List<MembershipEffect> effects = talk.hear(1, new ExchangeReply(List.of(earlier)));
        assertThat(traces(effects, MembershipTrace.EarlierLifeFound.class)).hasSize(1);
        assertThat(only(effects, SelfRefuted.class)).isEmpty();
        assertThat(talk.member(0).incarnation()).isEqualTo(2);
    }

    @Test
    void aPeerThatKnowsLessOfItselfThanWeDoIsTold() {
        Conversation talk = new Conversation();
        talk.hear(word(1, 7), new Gossip());
        assertThat(sent(talk.hear(word(1, 1), new Ping(5)), Ack.class)
                        .getFirst()
                        .packet()
                        .gossip())
                .first()
                .isEqualTo(word(1, 7));
    }

    @Test
    void anExchangeIsAnsweredWithAllThatIsKnown() {
        Conversation talk = new Conversation().knowing(1, 2);
        List<Send> replies = sent(talk.hear(1, new ExchangeRequest(List.of(word(3, 4)))), ExchangeReply.class);
        assertThat(replies).singleElement().satisfies(reply -> {
            assertThat(reply.transport()).isEqualTo(Transport.TCP);
            assertThat(reply.contact()).isEqualTo(profile(1).contact());
            assertThat(((ExchangeReply) reply.packet().message()).members())
                    .containsExactly(word(1, 1), word(2, 1), word(3, 4));
        });
    }

    @Test
    void theDeadAreAskedAtALowRateByTurnsOverBothTransports() {
        Conversation talk = new Conversation().knowing(2);
        talk.hear(2, new Gossip(), rumour(1, MemberState.DEAD, 4, 2));
        talk.tick();
        List<Send> asked = sent(talk.passAnswered(30_000), Ping.class).stream()
                .filter(ping -> ping.to().equals(node(1)))
                .toList();
        assertThat(asked).hasSizeBetween(5, 7);
        assertThat(asked).extracting(Send::transport).contains(Transport.UDP, Transport.TCP);
        assertThat(asked).allMatch(ping -> ping.packet().gossip().contains(rumour(1, MemberState.DEAD, 4, 2)));
    }

    @Test
    void aMemberThatReturnsFromTheDeadIsGreetedWithAnExchange() {
        Conversation talk = new Conversation().knowing(2);
        talk.hear(2, new Gossip(), rumour(1, MemberState.DEAD, 4, 2));
        List<MembershipEffect> effects = talk.hear(word(1, 5), new Ping(9));
        assertThat(talk.state(1)).isEqualTo(MemberState.ALIVE);
        assertThat(sent(effects, ExchangeRequest.class)).extracting(Send::to).containsExactly(node(1));
    }

    @Test
    void aLoopThatStoodStillIsReportedAndNobodySuffersForIt() {
        Conversation talk = accused();
        talk.passAnswered(23_000);
        talk.nowMs += 60_000;
        List<MembershipEffect> effects = talk.tick();
        assertThat(only(effects, LoopGap.class)).containsExactly(new LoopGap(60_000));
        assertThat(traces(effects, MembershipTrace.ProbeFailed.class)).isEmpty();
        assertThat(talk.state(1)).isEqualTo(MemberState.SUSPECT);
    }

    @Test
    void noGapIsReportedWhileTicksComeInTime() {
        Conversation talk = new Conversation().knowing(1);
        talk.tick();
        assertThat(only(talk.pass(10_000), LoopGap.class)).isEmpty();
        talk.nowMs += 1_000;
        assertThat(only(talk.tick(), LoopGap.class)).isEmpty();
        talk.nowMs += 1_001;
        assertThat(only(talk.tick(), LoopGap.class)).hasSize(1);
    }

    @Test
    void aRumourIsToldABoundedNumberOfTimes() {
        Conversation talk = new Conversation().knowing(1, 2, 3);
        talk.tick();
        talk.passAnswered(30_000);
        talk.hear(1, new Gossip(), word(4, 1));
        long told = only(talk.passAnswered(60_000), Send.class).stream()
                .filter(send -> send.packet().gossip().contains(word(4, 1)))
                .count();
        // three times ceil(log2(6)), of which some went to the node itself, which is not told
        assertThat(told).isBetween(4L, 9L);
    }

    @Test
    void aGoodByeIsToldThenReported() {
        Conversation talk = new Conversation().knowing(1, 2, 3);
        talk.tick();
        List<MembershipEffect> effects = talk.input(new Leave());
        assertThat(sent(effects, Gossip.class)).hasSize(3);
        effects.addAll(talk.pass(5_000));
        assertThat(only(effects, Left.class)).hasSize(1);
        assertThat(sent(effects, Ping.class)).isEmpty();
        assertThat(only(effects, Send.class))
                .allMatch(send -> send.packet().sender().state() == MemberState.LEFT);
    }

    @Test
    void aNodeAloneLeavesAtOnce() {
        Conversation talk = new Conversation();
        talk.input(new Leave());
        assertThat(only(talk.tick(), Left.class)).hasSize(1);
    }

    @Test
    void whoLeftIsNotProbedAndIsForgottenInTheEnd() {
        Conversation talk = new Conversation().knowing(1);
        talk.hear(rumour(1, MemberState.LEFT, 1, 1), new Gossip());
        assertThat(talk.state(1)).isEqualTo(MemberState.LEFT);
        talk.tick();
        assertThat(sent(talk.pass(60_000), Ping.class)).isEmpty();
        talk.nowMs += 3_600_000;
        talk.tick();
        assertThat(talk.machine.view().member(node(1))).isEmpty();
    }

    @Test
    void aChangedAddressTravelsUnderARaisedIncarnation() {
        Conversation talk = new Conversation().knowing(1);
        talk.input(new ProfileChanged(profile(8)));
        assertThat(talk.member(0).profile()).isEqualTo(profile(8));
        assertThat(talk.member(0).incarnation()).isEqualTo(2);

        Rumour moved = new Rumour(node(1), profile(7), MemberState.ALIVE, new Vitals(2, 1, 100), node(1));
        talk.hear(2, new Gossip(), moved);
        assertThat(talk.member(1).profile()).isEqualTo(profile(7));
        talk.hear(2, new Gossip(), word(1, 1));
        assertThat(talk.member(1).profile()).isEqualTo(profile(7));
    }

    @Test
    void heartbeatsGrowByOnePerInterval() {
        Conversation talk = new Conversation();
        talk.tick();
        talk.pass(10_000);
        assertThat(talk.member(0).heartbeat()).isEqualTo(11);
    }

    @Test
    void strangersBeyondTheLimitAreRefusedWithATrace() {
        MembershipConfig standard = MembershipConfig.standard();
        MembershipConfig small = new MembershipConfig(
                standard.probing(),
                standard.suspecting(),
                standard.gossiping(),
                new MembershipConfig.Upkeep(10_000, 5_000, 10_000, 3_600_000, 2),
                new TreeSet<>());
        Conversation talk = new Conversation(small).knowing(1, 2);
        assertThat(traces(talk.hear(3, new Gossip()), MembershipTrace.RosterFull.class))
                .containsExactly(new MembershipTrace.RosterFull(node(3)));
        assertThat(talk.machine.view().members()).hasSize(3);
    }

    /** Six nodes, of which number 1 is suspected by number 2. */
    private static Conversation accused() {
        Conversation talk = new Conversation().knowing(1, 2, 3, 4, 5);
        talk.tick();
        talk.hear(2, new Gossip(), rumour(1, MemberState.SUSPECT, 1, 2));
        assertThat(talk.state(1)).isEqualTo(MemberState.SUSPECT);
        return talk;
    }

    private static long sequence(Send send) {
        return switch (send.packet().message()) {
            case Ping(long sequence) -> sequence;
            case PingRequest(long sequence, NodeId _) -> sequence;
            case Ack(long sequence) -> sequence;
            case Nack(long sequence) -> sequence;
            case Gossip _, ExchangeRequest _, ExchangeReply _ -> -1;
        };
    }
}
