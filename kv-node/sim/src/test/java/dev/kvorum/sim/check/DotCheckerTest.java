package dev.kvorum.sim.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Three replicas, R = W = 2; each test tells the checker one short history of one key. */
class DotCheckerTest {

    private static final Key KEY = new Key(0, "key".getBytes(StandardCharsets.UTF_8));
    private static final int SIZE = 16;
    private static final long A = 10;
    private static final long B = 20;

    private long lost;
    private final DotChecker checker = new DotChecker(3, new FixedTerms(since -> lost));

    // ---- telling a history

    private static Sibling value(long number, long actor, long sequence) {
        return new Sibling(
                new Dot(actor, sequence), Kind.BYTES, "", 0, 100 + number, new byte[0], Values.of(number, SIZE));
    }

    private static Attempt put(long number, @Nullable Version context, long atUs) {
        var put = new Operation.Put(Kind.BYTES, "", Values.of(number, SIZE), Expiry.NEVER, Condition.NONE);
        return new Attempt(number, request(put, context), atUs);
    }

    private static Attempt get(long number, @Nullable Version context, long atUs) {
        return new Attempt(number, request(new Operation.Read(), context), atUs);
    }

    private static ClientRequest request(Operation operation, @Nullable Version context) {
        return new ClientRequest(KEY, operation, new Levels(2, 2, Durability.FSYNC, 1), context, 0, 1_000);
    }

    private static Achieved byTwo() {
        return new Achieved(2, 1, Durability.FSYNC, 1, Achieved.Repair.NONE_NEEDED);
    }

    /** A client asks, the home stores the object, the client is told so. */
    private void written(Attempt attempt, KvObject object, Version context, long atUs) {
        checker.onAsked(attempt);
        checker.onStored(KEY, object, 0, 2);
        acknowledged(attempt, context, atUs);
    }

    private void acknowledged(Attempt attempt, Version context, long atUs) {
        checker.onWritten(
                attempt,
                new ClientReply.Written(context, 100 + attempt.number(), 0, KvObject.ABSENT, 0, byTwo()),
                atUs);
    }

    private void shown(Attempt attempt, KvObject object, long atUs) {
        checker.onAsked(attempt);
        checker.onShown(attempt, new ClientReply.Value(object, 0, byTwo()), atUs);
    }

    private static KvObject alone(Sibling sibling) {
        return KvObject.ABSENT.overwriteAll(sibling);
    }

    /** Value 1 of actor A, acknowledged at 10 µs. */
    private KvObject first() {
        KvObject object = alone(value(1, A, 1));
        written(put(1, null, 0), object, object.version(), 10);
        return object;
    }

    // ---- what it accepts

    @Test
    void valueThatAReaderReplacedMayVanish() {
        KvObject first = first();
        shown(get(2, null, 20), first, 30);
        KvObject second = first.write(first.version(), value(3, B, 1));
        written(put(3, first.version(), 40), second, second.version(), 50);
        shown(get(4, second.version(), 60), second, 70);
        assertThatCode(() -> checker.onEnd(KEY, second, 3)).doesNotThrowAnyException();
    }

    @Test
    void writesThatDidNotKnowOfOneAnotherStandSideBySide() {
        KvObject first = first();
        KvObject both = first.merge(alone(value(2, B, 1)));
        checker.onAsked(put(2, Version.EMPTY, 5));
        checker.onStored(KEY, alone(value(2, B, 1)), 0, 2);
        checker.onStored(KEY, both, 0, 2);
        shown(get(3, null, 20), both, 30);
        assertThatCode(() -> checker.onEnd(KEY, both, 3)).doesNotThrowAnyException();
    }

    @Test
    void unknownWriteMayBeThereOrNot() {
        KvObject first = first();
        checker.onAsked(put(2, Version.EMPTY, 20));
        assertThatCode(() -> checker.onEnd(KEY, first, 3)).doesNotThrowAnyException();
    }

    @Test
    void readThatBeganBeforeTheAcknowledgementMayMissIt() {
        first();
        assertThatCode(() -> shown(get(2, null, 5), KvObject.ABSENT, 30)).doesNotThrowAnyException();
    }

    // ---- what it finds

    @Test
    void findsAnAcknowledgedValueThatIsGone() {
        first();
        assertThatThrownBy(() -> checker.onEnd(KEY, KvObject.ABSENT, 3)).hasMessageStartingWith("I1:");
    }

    @Test
    void findsAnAcknowledgementOfWhatNobodyStored() {
        Attempt attempt = put(1, null, 0);
        checker.onAsked(attempt);
        assertThatThrownBy(() -> acknowledged(attempt, Version.EMPTY.withDot(new Dot(A, 1)), 10))
                .hasMessageStartingWith("I1:");
    }

    @Test
    void findsAValueReplacedByAWriteThatHadNotSeenIt() {
        KvObject first = first();
        Version seen = Version.EMPTY.withDot(new Dot(B, 7));
        KvObject blind = alone(value(2, B, 8)).merge(first.overwriteAll(value(2, B, 8)));
        written(put(2, seen, 20), blind, seen.withDot(new Dot(B, 8)), 30);
        assertThatThrownBy(() -> checker.onEnd(KEY, blind, 3)).hasMessageStartingWith("I1:");
    }

    @Test
    void findsOneDotForTwoValues() {
        first();
        checker.onAsked(put(2, null, 20));
        assertThatThrownBy(() -> checker.onStored(KEY, alone(value(2, A, 1)), 0, 2))
                .hasMessageStartingWith("I2:");
    }

    @Test
    void findsAValueThatNobodyWrote() {
        assertThatThrownBy(() -> checker.onStored(KEY, alone(value(5, A, 1)), 0, 2))
                .hasMessageStartingWith("I3:");
    }

    @Test
    void findsAValueThatIsShownButWasNeverStored() {
        checker.onAsked(put(1, null, 0));
        assertThatThrownBy(() -> shown(get(2, null, 20), alone(value(1, A, 1)), 30))
                .hasMessageStartingWith("I3:");
    }

    @Test
    void findsASiblingBesideTheWriteThatReplacedIt() {
        KvObject first = first();
        KvObject second = first.write(first.version(), value(2, B, 1));
        written(put(2, first.version(), 20), second, second.version(), 30);
        KvObject back = alone(value(2, B, 1)).merge(first);
        assertThatThrownBy(() -> shown(get(3, null, 40), back, 50)).hasMessageStartingWith("I4:");
    }

    @Test
    void findsAHomeThatOverwritesWhatWasPromisedBeforeItTookOver() {
        first();
        checker.onAsked(put(2, null, 20));
        assertThatThrownBy(() -> checker.onStored(KEY, alone(value(2, B, 1)), 15, 2))
                .hasMessageStartingWith("I4:");
    }

    @Test
    void findsAReadThatMissesWhatWasAcknowledgedBeforeItBegan() {
        first();
        assertThatThrownBy(() -> shown(get(2, null, 20), KvObject.ABSENT, 30)).hasMessageStartingWith("I5:");
    }

    @Test
    void findsAnAnswerThatAchievedLessThanWasAsked() {
        KvObject object = alone(value(1, A, 1));
        Attempt attempt = put(1, null, 0);
        checker.onAsked(attempt);
        checker.onStored(KEY, object, 0, 2);
        var alone = new Achieved(1, 1, Durability.FSYNC, 1, Achieved.Repair.NONE_NEEDED);
        var reply = new ClientReply.Written(object.version(), 101, 0, KvObject.ABSENT, 0, alone);
        assertThatThrownBy(() -> checker.onWritten(attempt, reply, 10)).hasMessageStartingWith("I5:");
    }

    @Test
    void findsAReadThatDoesNotCoverItsContext() {
        KvObject first = first();
        assertThatThrownBy(() -> shown(get(2, first.version(), 5), KvObject.ABSENT, 30))
                .hasMessageStartingWith("I6:");
    }

    @Test
    void findsARefusedWriteThatSurfacesLater() {
        Attempt attempt = put(1, null, 0);
        checker.onAsked(attempt);
        checker.onNotApplied(attempt);
        assertThatThrownBy(() -> checker.onStored(KEY, alone(value(1, A, 1)), 0, 2))
                .hasMessageStartingWith("I14:");
    }

    @Test
    void findsARefusalOfAWriteThatIsThere() {
        Attempt attempt = put(1, null, 0);
        checker.onAsked(attempt);
        checker.onStored(KEY, alone(value(1, A, 1)), 0, 2);
        assertThatThrownBy(() -> checker.onNotApplied(attempt)).hasMessageStartingWith("I14:");
    }

    @Test
    void findsAValueThatStandsUnderTwoDots() {
        first();
        assertThatThrownBy(() -> checker.onStored(KEY, alone(value(1, B, 1)), 0, 2))
                .hasMessageStartingWith("I14:");
    }

    @Test
    void lossOfUnsyncedDataExcusesOnlyWhatWasNotAskedToBeSynced() {
        lost = 2;
        first();
        assertThatThrownBy(() -> checker.onEnd(KEY, KvObject.ABSENT, 3)).hasMessageStartingWith("I1:");
    }
}
