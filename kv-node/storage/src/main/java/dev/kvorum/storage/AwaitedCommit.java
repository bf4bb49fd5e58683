package dev.kvorum.storage;

import dev.kvorum.storage.commit.CommitListener;
import dev.kvorum.storage.commit.Submitted;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One operation whose submitter waits for it. */
final class AwaitedCommit implements CommitListener {

    private final String what;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

    /** @param what is written, for the sentence that says why it was not */
    AwaitedCommit(String what) {
        this.what = what;
    }

    @Override
    public void committed(long[] opIds, int count) {
        done.complete(null);
    }

    @Override
    public void failed(long[] opIds, int count, Throwable cause) {
        done.completeExceptionally(cause);
    }

    /**
     * Blocks until the operation is durable.
     *
     * @throws IOException when it was not written, or when nobody knows whether it was
     */
    void await(Submitted submitted) throws IOException {
        if (submitted != Submitted.ACCEPTED) {
            throw new IOException(what + " was not written: " + submitted);
        }
        try {
            done.get();
        } catch (ExecutionException failed) {
            throw new IOException(what + " may not have been written", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + what + " was being written", stopped);
        }
    }
}
