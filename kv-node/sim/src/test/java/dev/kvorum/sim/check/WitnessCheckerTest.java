package dev.kvorum.sim.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.sim.check.WitnessChecker.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WitnessCheckerTest {

    private static final int HISTORIES = 10_000;
    private static final int KEYS = 2;

    private final WitnessChecker checker = new WitnessChecker();

    private void requireViolation(String part) {
        assertThatThrownBy(checker::judge).isInstanceOf(Violation.class).hasMessageContaining(part);
    }

    @Test
    void aReadMustShowTheLastWriteBeforeItsRevision() {
        checker.onWrite(1, 0, 10);
        checker.onWritten(1, 1, 20);
        checker.onRead(new Shown(0, 1, 0, 0), 30, 40);
        requireViolation("should show write 1");
    }

    @Test
    void aReadMustNotLieBeforeWhatHadEnded() {
        checker.onWrite(1, 0, 10);
        checker.onWritten(1, 1, 20);
        checker.onRead(new Shown(1, 0, 0, 0), 30, 40);
        requireViolation("takes effect before");
    }

    @Test
    void aReadThatOverlapsAWriteMayLieBeforeIt() {
        checker.onWrite(1, 0, 10);
        checker.onRead(new Shown(0, 0, 0, 0), 15, 30);
        checker.onWritten(1, 1, 20);
        assertThatCode(checker::judge).doesNotThrowAnyException();
    }

    @Test
    void aWriteWithoutAnEndMayHaveHappenedButOnlyOnce() {
        checker.onWrite(1, 0, 10);
        checker.onRead(new Shown(0, 1, 1, 1), 30, 40);
        assertThatCode(checker::judge).doesNotThrowAnyException();
        checker.onRead(new Shown(0, 2, 1, 2), 50, 60);
        requireViolation("write 1 at 1, and at 2");
    }

    @Test
    void whatFailedIsNeverShown() {
        checker.onWrite(1, 0, 10);
        checker.onFailed(1);
        checker.onRead(new Shown(0, 1, 1, 1), 30, 40);
        requireViolation("shows a write that failed");
    }

    @Test
    void nothingIsShownBeforeItBegan() {
        checker.onRead(new Shown(0, 1, 1, 1), 5, 8);
        checker.onWrite(1, 0, 10);
        checker.onWritten(1, 1, 20);
        requireViolation("had not begun");
    }

    // ---- many histories

    /** An operation of a history that really happened in the order of revisions. */
    private static final class Op {
        long id;
        int key;
        long beganUs;
        long endedUs;
        long revision;
        long writtenAt;
        boolean isWrite;
        boolean isUnknown;
    }

    @Test
    void legalHistoriesPass() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<Op> history = history(new SplittableRandom(seed));
            assertThatCode(() -> judge(history)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    @Test
    void spoiltHistoriesAreFound() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Op> history = history(random);
            if (spoil(history, random)) {
                assertThatThrownBy(() -> judge(history)).as("seed %d", seed).isInstanceOf(Violation.class);
            }
        }
    }

    private static List<Op> history(SplittableRandom random) {
        List<Op> history = new ArrayList<>();
        long revision = 0;
        long[] last = new long[KEYS];
        long[] writtenAt = new long[KEYS];
        for (int i = 1; i <= random.nextInt(8, 40); i++) {
            Op op = new Op();
            long happenedUs = 1_000L * i;
            op.beganUs = happenedUs - random.nextInt(1, 3_000);
            op.endedUs = happenedUs + random.nextInt(1, 3_000);
            op.key = random.nextInt(KEYS);
            op.isWrite = random.nextBoolean();
            op.isUnknown = op.isWrite && random.nextInt(5) == 0;
            if (op.isWrite) {
                last[op.key] = i;
                writtenAt[op.key] = ++revision;
            }
            op.id = op.isWrite ? i : last[op.key];
            op.writtenAt = writtenAt[op.key];
            op.revision = revision;
            history.add(op);
        }
        return history;
    }

    /** One change that no order can explain; tells whether there was an occasion. */
    private static boolean spoil(List<Op> history, SplittableRandom random) {
        List<Op> acknowledged =
                history.stream().filter(op -> op.isWrite && !op.isUnknown).toList();
        if (acknowledged.size() < 2) {
            return false;
        }
        Op first = acknowledged.getFirst();
        Op last = acknowledged.getLast();
        switch (random.nextInt(3)) {
            case 0 -> last.revision = first.revision;
            case 1 -> {
                first.beganUs = last.endedUs + 10;
                first.endedUs = first.beganUs + 10;
            }
            default -> {
                Op stale = new Op();
                stale.key = last.key;
                stale.revision = last.revision;
                stale.beganUs = last.endedUs + 1;
                stale.endedUs = last.endedUs + 2;
                history.add(stale);
            }
        }
        return true;
    }

    private static void judge(List<Op> history) {
        WitnessChecker checker = new WitnessChecker();
        for (Op op : history) {
            if (op.isWrite) {
                checker.onWrite(op.id, op.key, op.beganUs);
            }
        }
        for (Op op : history) {
            if (!op.isWrite) {
                checker.onRead(new Shown(op.key, op.revision, op.id, op.writtenAt), op.beganUs, op.endedUs);
            } else if (!op.isUnknown) {
                checker.onWritten(op.id, op.revision, op.endedUs);
            }
        }
        checker.judge();
        assertThat(checker.answered()).isPositive();
    }
}
