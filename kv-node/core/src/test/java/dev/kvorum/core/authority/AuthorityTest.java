package dev.kvorum.core.authority;

import static dev.kvorum.core.authority.Cluster.id;
import static dev.kvorum.core.authority.Cluster.start;
import static dev.kvorum.core.authority.Cluster.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.AuthorityEffect.Call;
import dev.kvorum.core.authority.AuthorityEffect.Propose;
import dev.kvorum.core.authority.AuthorityEffect.RegistrationRefused;
import dev.kvorum.core.authority.AuthorityEffect.RegistrationWaits;
import dev.kvorum.core.authority.AuthorityEffect.RingChanged;
import dev.kvorum.core.authority.AuthorityEffect.Send;
import dev.kvorum.core.authority.AuthorityEffect.Trouble;
import dev.kvorum.core.authority.AuthorityEffect.Unanswered;
import dev.kvorum.core.authority.AuthorityInput.LeaderChanged;
import dev.kvorum.core.authority.AuthorityInput.Received;
import dev.kvorum.core.authority.AuthorityInput.Submit;
import dev.kvorum.core.authority.AuthorityInput.Tick;
import dev.kvorum.core.authority.AuthorityMessage.Forward;
import dev.kvorum.core.authority.AuthorityMessage.IAm;
import dev.kvorum.core.authority.AuthorityMessage.NotLeader;
import dev.kvorum.core.authority.AuthorityMessage.Reply;
import dev.kvorum.core.authority.AuthorityMessage.WhoAreYou;
import dev.kvorum.core.authority.Command.NewVolume;
import dev.kvorum.core.authority.Command.OpenSession;
import dev.kvorum.core.authority.Command.Register;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorityTest {

    private final List<AuthorityEffect> effects = new ArrayList<>();
    private long nowMs = 1_000;

    private final Authority fresh = new Authority(
            new Arrival.Kept(start(0, 100, 1)),
            Cluster.document(3),
            StoredState.EMPTY,
            AuthorityConfig.standard(),
            new SplittableRandom(1));

    @Test
    void theDataPathGoesByTheDocumentUntilTheLogIsThere() {
        take(fresh, new Tick());
        assertThat(of(RingChanged.class))
                .singleElement()
                .satisfies(changed -> assertThat(changed.ring()).isEqualTo(Ring.of(Cluster.document(3))));
        assertThat(fresh.state().isFounded()).isFalse();
    }

    @Test
    void aStartingNodeAsksOneAfterTheOtherAndFollowsTheHintToTheLeader() {
        take(fresh, new Tick());
        Send first = of(Send.class).getFirst();
        Submission asked = ((Forward) first.message()).submission();
        assertThat(asked.command()).isInstanceOf(Register.class);
        take(fresh, new Received(first.to(), new NotLeader(asked.id(), id(2))));
        assertThat(of(Send.class).getLast()).isEqualTo(new Send(id(2), new Forward(asked)));
        Answer.Registered in = new Answer.Registered(id(0), Cluster.volume(100), NodeState.ACTIVE, 1);
        take(fresh, new Received(id(2), new Reply(asked.id(), 4, in)));
        assertThat(effects).contains(new AuthorityEffect.Registered(in));
    }

    @Test
    void aRefusalThatStaysIsToldAndOneThatMayPassIsAskedAgainLater() {
        take(fresh, new Tick());
        answer(RefusalCode.NOT_FOUNDED);
        assertThat(of(RegistrationWaits.class)).hasSize(1);
        int asked = of(Send.class).size();
        nowMs += 20;
        take(fresh, new Tick());
        assertThat(of(Send.class)).hasSize(asked);
        nowMs += 2_000;
        take(fresh, new Tick());
        assertThat(of(Send.class)).hasSizeGreaterThan(asked);
        answer(RefusalCode.OLD_COPY);
        assertThat(of(RegistrationRefused.class)).containsExactly(new RegistrationRefused(RefusalCode.OLD_COPY, "no"));
        int told = of(Send.class).size();
        nowMs += 60_000;
        take(fresh, new Tick());
        assertThat(of(Send.class)).hasSize(told);
    }

    @Test
    void aDoorHearsThatNothingWasSentWhenNobodyIsKnown() {
        Authority alone = new Authority(
                new Arrival.Kept(start(0, 100, 1)),
                Cluster.document(1),
                StoredState.EMPTY,
                AuthorityConfig.standard(),
                new SplittableRandom(1));
        take(alone, new Submit(7, 0, new OpenSession("a")));
        nowMs += 5_000;
        take(alone, new Tick());
        assertThat(of(Unanswered.class)).containsExactly(new Unanswered(7, Trouble.TIMEOUT, Outcome.NOT_APPLIED));
    }

    @Test
    void aDoorHearsThatTheOutcomeIsUnknownOnceSomethingWasSent() {
        take(fresh, new Submit(7, 0, new OpenSession("a")));
        nowMs += 5_000;
        take(fresh, new Tick());
        assertThat(of(Unanswered.class)).containsExactly(new Unanswered(7, Trouble.TIMEOUT, Outcome.UNKNOWN));
    }

    @Test
    void tooManyCommandsAreRefusedAtOnce() {
        for (int ticket = 0; ticket < 2_000; ticket++) {
            take(fresh, new Submit(ticket, 0, new OpenSession("a")));
        }
        assertThat(of(Unanswered.class))
                .hasSize(2_000 - AuthorityConfig.standard().mostWaiting())
                .allMatch(each -> each.trouble() == Trouble.OVERLOADED && each.outcome() == Outcome.NOT_APPLIED);
    }

    @Test
    void theLeaderAsksAtTheRegisteredAddressBeforeANewVolumeTakesOver() {
        Authority leader = leading();
        Start empty = start(2, 900, 1);
        Submission claim = new Submission(new CommandId(5, 5), 4, 0, new NewVolume(empty, new Proof.None()));
        take(leader, new Received(id(2), new Forward(claim)));
        Call call = of(Call.class).getFirst();
        assertThat(call.host()).isEqualTo("host-2");
        assertThat(proposed(claim.id())).isNull();

        long question = ((WhoAreYou) call.message()).question();
        take(leader, new Received(id(2), new IAm(question, id(2), empty.volume())));
        assertThat(proposed(claim.id()))
                .isEqualTo(new NewVolume(empty, new Proof.Place(start(2, 102, 1).volume())));
    }

    @Test
    void theCountOfAVolumeThatIsNotRegisteredIsNoProofSoThePlaceIsAsked() {
        Authority leader = leading();
        Start empty = start(2, 900, 1);
        Submission claim =
                new Submission(new CommandId(5, 5), 4, 0, new NewVolume(empty, new Proof.Counter(volume(77), 9)));
        take(leader, new Received(id(2), new Forward(claim)));
        long question = ((WhoAreYou) of(Call.class).getFirst().message()).question();
        take(leader, new Received(id(2), new IAm(question, id(2), empty.volume())));
        assertThat(proposed(claim.id()))
                .isEqualTo(new NewVolume(empty, new Proof.Place(start(2, 102, 1).volume())));
    }

    @Test
    void whenTheFormerProcessAnswersThereTheClaimGoesOnWithoutProof() {
        Authority leader = leading();
        Submission claim = new Submission(new CommandId(5, 5), 4, 0, new NewVolume(start(2, 900, 1), new Proof.None()));
        take(leader, new Received(id(2), new Forward(claim)));
        long question = ((WhoAreYou) of(Call.class).getFirst().message()).question();
        take(
                leader,
                new Received(id(2), new IAm(question, id(2), start(2, 102, 1).volume())));
        assertThat(proposed(claim.id())).isEqualTo(claim.command());
    }

    @Test
    void silenceAtTheAddressIsNoProofEither() {
        Authority leader = leading();
        Submission claim = new Submission(new CommandId(5, 5), 4, 0, new NewVolume(start(2, 900, 1), new Proof.None()));
        take(leader, new Received(id(2), new Forward(claim)));
        nowMs += 1_000;
        take(leader, new Tick());
        assertThat(proposed(claim.id())).isEqualTo(claim.command());
    }

    private Authority leading() {
        AuthorityState state = Cluster.running(3).state;
        StoredState stored = StoredState.EMPTY.with(
                StateForm.batch(StoredState.EMPTY.sections(), new StateForm.Snapshot(4, 1, state)));
        Authority leader = new Authority(
                new Arrival.Kept(start(0, 100, 2)),
                Cluster.document(3),
                stored,
                AuthorityConfig.standard(),
                new SplittableRandom(1));
        take(leader, new LeaderChanged(id(0), 2));
        return leader;
    }

    private void answer(RefusalCode code) {
        Send sent = of(Send.class).getLast();
        CommandId asked = ((Forward) sent.message()).submission().id();
        take(fresh, new Received(sent.to(), new Reply(asked, 4, new Answer.Refused(code, "no"))));
    }

    /** The command that was proposed under this id; null when none was. */
    private @Nullable Command proposed(CommandId id) {
        return of(Propose.class).stream()
                .map(Propose::submission)
                .filter(each -> each.id().equals(id))
                .map(Submission::command)
                .findFirst()
                .orElse(null);
    }

    private <T> List<T> of(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void take(Authority machine, AuthorityInput input) {
        machine.step(nowMs, input, effects::add);
    }
}
