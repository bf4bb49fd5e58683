package dev.kvorum.sim.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Linearizability where every answer carries the revision at which it took effect (I10): sorted by revision, the
 * answers must be a run of the registers, and no request may take effect before one that had ended when it began.
 * Writes whose end is unknown may have happened at any time after their begin, or never. O(n log n).
 */
public final class WitnessChecker {

    /** A write by its id; ids are unique and above 0. */
    private static final class Write {
        final long beganUs;
        final int key;
        long revision;
        boolean failed;

        Write(int key, long beganUs) {
            this.key = key;
            this.beganUs = beganUs;
        }
    }

    /**
     * What a read showed.
     *
     * @param revision of the state that it read
     * @param writeId of the last write to the register; 0 for none
     * @param writtenAt the revision of that write
     */
    public record Shown(int key, long revision, long writeId, long writtenAt) {}

    private record Read(Shown shown, long endedUs) {}

    /** An answered request, in real time and in the order of revisions. */
    private record Answer(String what, long beganUs, long endedUs, long revision, boolean isWrite) {}

    private final TreeMap<Long, Write> writes = new TreeMap<>();
    private final List<Read> reads = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    /** A write begins; it is unknown until told otherwise. */
    public void onWrite(long writeId, int key, long nowUs) {
        Violation.unless(writes.put(writeId, new Write(key, nowUs)) == null, "I10: write %d twice", writeId);
    }

    /** The write took effect at this revision. */
    public void onWritten(long writeId, long revision, long nowUs) {
        Write write = known(writeId);
        place(writeId, write, revision);
        answers.add(new Answer("write " + writeId, write.beganUs, nowUs, revision, true));
    }

    /** The write had no effect and never will. */
    public void onFailed(long writeId) {
        known(writeId).failed = true;
    }

    /** A read that began then ends now. */
    public void onRead(Shown shown, long beganUs, long nowUs) {
        reads.add(new Read(shown, nowUs));
        answers.add(new Answer("read of " + shown, beganUs, nowUs, shown.revision, false));
    }

    /** How many requests were answered. */
    public int answered() {
        return answers.size();
    }

    /**
     * Judges everything that was told so far.
     *
     * @throws Violation naming the answer that has no place
     */
    public void judge() {
        reads.forEach(this::placeShown);
        TreeMap<Long, Long> byRevision = new TreeMap<>();
        writes.forEach((id, write) -> placeOnce(byRevision, id, write));
        judgeReads(byRevision);
        judgeTime();
    }

    private void placeShown(Read read) {
        Shown shown = read.shown;
        if (shown.writeId == 0) {
            Violation.unless(shown.writtenAt == 0, "I10: nothing was shown as written at %d", shown.writtenAt);
            return;
        }
        Write write = known(shown.writeId);
        Violation.unless(write.key == shown.key, "I10: %s shows a write to register %d", shown, write.key);
        Violation.unless(!write.failed, "I10: %s shows a write that failed", shown);
        Violation.unless(write.beganUs <= read.endedUs, "I10: %s shows a write that had not begun", shown);
        place(shown.writeId, write, shown.writtenAt);
    }

    private static void place(long writeId, Write write, long revision) {
        boolean agrees = revision > 0 && (write.revision == 0 || write.revision == revision);
        Violation.unless(agrees, "I10: write %d at %d, and at %d", writeId, write.revision, revision);
        write.revision = revision;
    }

    private static void placeOnce(NavigableMap<Long, Long> byRevision, long id, Write write) {
        Violation.unless(!write.failed || write.revision == 0, "I10: write %d failed and took effect", id);
        if (write.revision > 0) {
            Long other = byRevision.put(write.revision, id);
            Violation.unless(other == null, "I10: writes %s and %d both at %d", other, id, write.revision);
        }
    }

    private void judgeReads(NavigableMap<Long, Long> byRevision) {
        List<Read> sorted = new ArrayList<>(reads);
        sorted.sort(Comparator.comparingLong(read -> read.shown.revision));
        TreeMap<Integer, Long> last = new TreeMap<>();
        var next = byRevision.entrySet().iterator();
        var write = next.hasNext() ? next.next() : null;
        for (Read read : sorted) {
            while (write != null && write.getKey() <= read.shown.revision) {
                last.put(known(write.getValue()).key, write.getValue());
                write = next.hasNext() ? next.next() : null;
            }
            long expected = last.getOrDefault(read.shown.key, 0L);
            Violation.unless(expected == read.shown.writeId, "I10: %s should show write %d", read.shown, expected);
        }
    }

    /** No answer may lie before one that had ended when its request began; a write not even at the same revision. */
    private void judgeTime() {
        List<Answer> byBegin = new ArrayList<>(answers);
        byBegin.sort(Comparator.comparingLong(Answer::beganUs));
        List<Answer> byEnd = new ArrayList<>(answers);
        byEnd.sort(Comparator.comparingLong(Answer::endedUs));
        int ended = 0;
        @Nullable Answer latest = null;
        for (Answer answer : byBegin) {
            while (byEnd.get(ended).endedUs < answer.beganUs) {
                Answer one = byEnd.get(ended++);
                latest = latest == null || one.revision > latest.revision ? one : latest;
            }
            long floor = latest == null ? 0 : latest.revision;
            boolean isLater = answer.isWrite ? answer.revision > floor : answer.revision >= floor;
            Violation.unless(isLater, "I10: %s takes effect before %s, which had ended", answer, latest);
        }
    }

    private Write known(long writeId) {
        Write write = writes.get(writeId);
        if (write == null) {
            throw new Violation("I10: nobody wrote " + writeId);
        }
        return write;
    }
}
