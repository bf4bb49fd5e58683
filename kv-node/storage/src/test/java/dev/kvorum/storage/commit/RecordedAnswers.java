package dev.kvorum.storage.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Remembers every answer it got, batch by batch. */
public final class RecordedAnswers implements CommitListener {

    private final List<List<Long>> committed = new ArrayList<>();
    private final List<List<Long>> failed = new ArrayList<>();
    private final Semaphore answers = new Semaphore(0);

    @Override
    public synchronized void committed(long[] opIds, int count) {
        committed.add(ids(opIds, count));
        answers.release(count);
    }

    @Override
    public synchronized void failed(long[] opIds, int count, Throwable cause) {
        failed.add(ids(opIds, count));
        answers.release(count);
    }

    /** Waits until so many operations were answered since the last call. */
    public void await(int operations) {
        try {
            if (!answers.tryAcquire(operations, 20, TimeUnit.SECONDS)) {
                throw new AssertionError("no answer within 20 s to " + operations + " operations");
            }
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    public synchronized List<List<Long>> committed() {
        return List.copyOf(committed);
    }

    public synchronized List<List<Long>> failed() {
        return List.copyOf(failed);
    }

    private static List<Long> ids(long[] opIds, int count) {
        return Arrays.stream(opIds).limit(count).boxed().toList();
    }
}
