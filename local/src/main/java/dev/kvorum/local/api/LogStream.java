package dev.kvorum.local.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sends a log file: what is there, and when following what comes, until the pod is gone. */
final class LogStream implements Reply.Writing {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path file;
    private final long tailLines;
    private final BooleanSupplier goesOn;

    private LogStream(Path file, long tailLines, BooleanSupplier goesOn) {
        this.file = file;
        this.tailLines = tailLines;
        this.goesOn = goesOn;
    }

    static LogStream once(Path file, long tailLines) {
        return new LogStream(file, tailLines, () -> false);
    }

    static LogStream following(Path file, long tailLines, BooleanSupplier goesOn) {
        return new LogStream(file, tailLines, goesOn);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(start(channel));
            Object opened = identity();
            boolean last;
            do {
                // A restarted container writes to a new file: then this run has said all that it had to say.
                last = !goesOn.getAsBoolean() || !identity().equals(opened);
                copy(channel, out);
                if (!last) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            } while (!last);
        }
    }

    private Object identity() throws IOException {
        return String.valueOf(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    private static void copy(FileChannel channel, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (channel.read(buffer) > 0) {
            out.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        out.flush();
    }

    /** Where the last lines begin. */
    private long start(FileChannel channel) throws IOException {
        if (tailLines == Long.MAX_VALUE) {
            return 0;
        }
        long lines = 0;
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long at = channel.size() - 2; at >= 0; at--) {
            channel.read(one.clear(), at);
            if (one.get(0) == '\n' && ++lines == tailLines) {
                return at + 1;
            }
        }
        return tailLines == 0 ? channel.size() : 0;
    }
}
