package dev.kvorum.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {

    private static final long QUEUE_BYTES = 64 << 10;
    private static final int ALWAYS = 1_000_000;

    private final MemorySink sink = new MemorySink();
    private final RecordedAnswers loop = new RecordedAnswers();
    private Committer committer;

    CommitterTest(@TempDir Path directory) throws IOException {
        committer = new Committer(sink, new DiskSpace(directory, 0, 0), 41, QUEUE_BYTES);
    }

    @BeforeEach
    void start() {
        committer.start();
    }

    @AfterEach
    void close() {
        sink.permits.release(ALWAYS);
        committer.close();
    }

    @Test
    void whatQueuesWhileTheDiskIsBusyBecomesOneBatch() {
        submit(1, Durability.FSYNC);
        sink.writing.acquireUninterruptibly();
        LongStream.rangeClosed(2, 100).forEach(op -> submit(op, Durability.FSYNC));
        sink.permits.release(2);
        loop.await(100);
        assertThat(sink.batches()).extracting(batch -> batch.changes().size()).containsExactly(1, 99);
        assertThat(loop.committed()).containsExactly(List.of(1L), numbers(2, 100));
    }

    @Test
    void theFirstOperationDoesNotWaitForCompany() {
        sink.permits.release();
        submit(1, Durability.FSYNC);
        loop.await(1);
        assertThat(sink.batches()).hasSize(1);
    }

    @Test
    void batchesContinueTheNumbersOfTheLog() {
        sink.permits.release(2);
        submit(1, Durability.FSYNC);
        loop.await(1);
        submit(2, Durability.FSYNC);
        loop.await(1);
        assertThat(sink.batches()).extracting(MemorySink.Batch::number).containsExactly(42L, 43L);
        assertThat(sink.reached).containsExactly(42L, 43L);
    }

    @Test
    void aBatchIsSyncedOnlyIfSomeOperationInItAsksForThat() {
        submit(1, Durability.OS);
        sink.writing.acquireUninterruptibly();
        submit(2, Durability.OS);
        submit(3, Durability.FSYNC);
        sink.permits.release(2);
        loop.await(3);
        assertThat(sink.batches())
                .extracting(MemorySink.Batch::durability)
                .containsExactly(Durability.OS, Durability.FSYNC);
        assertThat(committer.stats().syncs()).isEqualTo(1);
        assertThat(committer.stats().commits()).isEqualTo(2);
    }

    @Test
    void eachLoopGetsItsOwnAnswersInItsOwnOrder() {
        RecordedAnswers other = new RecordedAnswers();
        submit(0, Durability.OS);
        sink.writing.acquireUninterruptibly();
        committer.submit(put(10, Durability.OS, other));
        submit(1, Durability.OS);
        committer.submit(put(11, Durability.OS, other));
        submit(2, Durability.OS);
        sink.permits.release(2);
        loop.await(3);
        other.await(2);
        assertThat(loop.committed()).containsExactly(List.of(0L), List.of(1L, 2L));
        assertThat(other.committed()).containsExactly(List.of(10L, 11L));
    }

    @Test
    void aFailedWriteFailsItsBatchAndAllThatIsQueuedAndEverythingLater() {
        submit(1, Durability.FSYNC);
        sink.writing.acquireUninterruptibly();
        submit(2, Durability.FSYNC);
        sink.failing = true;
        sink.permits.release(ALWAYS);
        loop.await(2);
        assertThat(loop.committed()).isEmpty();
        assertThat(loop.failed()).containsExactly(List.of(1L), List.of(2L));
        assertThat(committer.broken()).get().isInstanceOf(IOException.class);
        assertThat(committer.submit(put(3, Durability.OS, loop))).isEqualTo(Submitted.BROKEN);
        assertThat(sink.reached).isEmpty();
    }

    @Test
    void tooManyWaitingBytesAreRefusedAndTakenAgainLater() {
        submit(1, Durability.OS);
        sink.writing.acquireUninterruptibly();
        long accepted = 0;
        while (committer.submit(put(2, Durability.OS, loop)) == Submitted.ACCEPTED) {
            accepted++;
        }
        assertThat(committer.submit(put(3, Durability.OS, loop))).isEqualTo(Submitted.QUEUE_FULL);
        assertThat(committer.queuedBytes()).isBetween(QUEUE_BYTES - 200, QUEUE_BYTES);
        assertThat(committer.submitAnyway(put(4, Durability.OS, loop))).isEqualTo(Submitted.ACCEPTED);
        accepted++;
        sink.permits.release(ALWAYS);
        loop.await((int) accepted + 1);
        assertThat(committer.submit(put(4, Durability.OS, loop))).isEqualTo(Submitted.ACCEPTED);
    }

    @Test
    void closingCommitsAndAnswersWhatWasAccepted() {
        sink.permits.release(ALWAYS);
        LongStream.rangeClosed(1, 300).forEach(op -> submit(op, Durability.OS));
        committer.close();
        assertThat(loop.committed().stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(1, 300));
        assertThat(committer.queuedBytes()).isZero();
        assertThat(committer.submit(put(301, Durability.OS, loop))).isEqualTo(Submitted.CLOSED);
    }

    @Test
    void everyAcceptedOperationIsAnsweredOnceAlsoWhenThreadsSubmitIntoAClose() throws Exception {
        sink.permits.release(ALWAYS);
        AtomicLong accepted = new AtomicLong();
        List<Thread> submitters = new ArrayList<>();
        for (int at = 0; at < 3; at++) {
            submitters.add(Thread.ofPlatform().start(() -> submitUntilClosed(accepted)));
        }
        while (accepted.get() < 20_000) {
            Thread.onSpinWait();
        }
        committer.close();
        for (Thread submitter : submitters) {
            submitter.join();
        }
        assertThat(loop.committed().stream().mapToLong(List::size).sum()).isEqualTo(accepted.get());
    }

    private void submitUntilClosed(AtomicLong accepted) {
        Submitted last = Submitted.ACCEPTED;
        while (last != Submitted.CLOSED) {
            last = committer.submit(put(1, Durability.OS, loop));
            if (last == Submitted.ACCEPTED) {
                accepted.incrementAndGet();
            }
        }
    }

    private void submit(long opId, Durability durability) {
        assertThat(committer.submit(put(opId, durability, loop))).isEqualTo(Submitted.ACCEPTED);
    }

    private static WriteOp put(long opId, Durability durability, CommitListener listener) {
        return new WriteOp(new Change.Put(Family.DATA, new byte[4], new byte[0]), durability, opId, listener);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
