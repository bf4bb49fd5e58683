package dev.kvorum.storage;

import dev.kvorum.storage.commit.CommitListener;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Submitted;
import dev.kvorum.storage.commit.WriteOp;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * Writes numbered objects for ever and prints the number of each acknowledged batch's last one. Every third operation
 * is only handed to the operating system. Ends when it is killed.
 */
final class AckingWriter implements CommitListener {

    private static final int OUTSTANDING = 64;

    private final Semaphore room = new Semaphore(OUTSTANDING);
    private final FileOutputStream acks = new FileOutputStream(FileDescriptor.out);

    private AckingWriter() {}

    /** Arguments: the directory of the {@link Volume}, the first number. */
    public static void main(String[] arguments) {
        Volume volume = Volume.ofRunningKernel(Path.of(arguments[0]));
        new AckingWriter().write(volume.open(), Long.parseLong(arguments[1]));
    }

    private void write(NodeStorage storage, long from) {
        Submitted submitted = Submitted.ACCEPTED;
        for (long number = from; submitted == Submitted.ACCEPTED; number++) {
            room.acquireUninterruptibly();
            Durability durability = number % 3 == 0 ? Durability.OS : Durability.FSYNC;
            submitted = storage.submit(new WriteOp(Volume.put(number), durability, number, this));
        }
        throw new IllegalStateException("a write was refused: " + submitted);
    }

    @Override
    public void committed(long[] opIds, int count) {
        try {
            acks.write((opIds[count - 1] + ".\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException nobodyReads) {
            throw new UncheckedIOException(nobodyReads);
        }
        room.release(count);
    }

    @Override
    public void failed(long[] opIds, int count, Throwable cause) {
        throw new IllegalStateException("the disk failed", cause);
    }
}
