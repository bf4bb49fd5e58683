package dev.kvorum.storage.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How far the log was acknowledged, in a small mapped file: a store to memory per batch, which the kernel keeps when
 * the process is killed.
 *
 * <p>One sector says whose volume it is, two take turns for the mark, so that a kill in the middle of one leaves the
 * other. A mark whose sector was lost is therefore one batch older, never wrong.
 */
public final class CommitFile implements AutoCloseable {

    private static final long HEADER_MAGIC = 0x6b766f72756d6366L;
    private static final long MARK_MAGIC = 0x6b766f72756d6d6bL;
    private static final byte COMPLETE = 1;
    private static final byte OWES_MERGE = 2;
    private static final int SECTORS = 3;
    private static final int FILE_BYTES = SECTORS * Sector.BYTES;

    /** Of two marks at one number the one that claims less, should a kill have come between the two sectors. */
    private static final Comparator<CommitMark> NEWEST = Comparator.comparingLong(CommitMark::committed)
            .thenComparingLong(CommitMark::synced)
            .thenComparing(CommitMark::standing);

    private final Arena arena;
    private final MemorySegment mapped;
    private CommitMark mark;
    private int nextMarkSector = 1;

    private CommitFile(Arena arena, MemorySegment mapped, CommitMark mark) {
        this.arena = arena;
        this.mapped = mapped;
        this.mark = mark;
    }

    /**
     * What an undamaged commit file says.
     *
     * @param owner whose volume it belongs to
     */
    public record Content(Identity owner, CommitMark mark) {}

    /** Writes a new file that says that nothing was committed yet. */
    public static void create(Path file, Identity owner, UUID bootId) throws IOException {
        replace(file, owner, new CommitMark(0, 0, bootId, Standing.COMPLETE, 0));
    }

    private static void replace(Path file, Identity owner, CommitMark mark) throws IOException {
        ByteBuffer header = Sector.begin(HEADER_MAGIC);
        owner.write(header);
        ByteBuffer twice = encode(mark);
        ByteBuffer content = ByteBuffer.allocate(FILE_BYTES);
        content.put(Sector.seal(header)).put(twice.duplicate()).put(twice);
        DurableFiles.replace(file, content.flip());
    }

    /** What the file says; empty when it is missing or damaged. */
    public static Optional<Content> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != FILE_BYTES) {
            return Optional.empty();
        }
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
        Optional<CommitMark> newest = Stream.of(1, 2)
                .flatMap(sector -> decode(content.slice(sector * Sector.BYTES, Sector.BYTES)).stream())
                .max(NEWEST);
        return Sector.open(content.slice(0, Sector.BYTES), HEADER_MAGIC)
                .map(Identity::read)
                .flatMap(owner -> newest.map(mark -> new Content(owner, mark)));
    }

    /**
     * Puts a file in place of the present one that says {@code start} in both its sectors, durably, and maps it: what
     * is true from this open on.
     */
    public static CommitFile open(Path file, Identity owner, CommitMark start) throws IOException {
        replace(file, owner, start);
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, FILE_BYTES, arena);
            return new CommitFile(arena, mapped, start);
        } catch (IOException failed) {
            arena.close();
            throw failed;
        }
    }

    public synchronized CommitMark mark() {
        return mark;
    }

    /** Moves the mark forward; survives the process at once, the kernel some time later. */
    public synchronized void reach(long committed, long synced) {
        write(mark.reached(committed, synced));
    }

    /** Changes the standing; durable on return. */
    public synchronized void stand(Standing standing) {
        writeDurably(mark.judged(standing));
    }

    /** Both sectors, one after the other with a sync between, so that no older mark can come back. */
    private void writeDurably(CommitMark durable) {
        write(durable);
        mapped.force();
        write(durable);
        mapped.force();
    }

    private void write(CommitMark next) {
        MemorySegment.copy(
                MemorySegment.ofBuffer(encode(next)),
                ValueLayout.JAVA_BYTE,
                0,
                mapped,
                ValueLayout.JAVA_BYTE,
                (long) nextMarkSector * Sector.BYTES,
                Sector.BYTES);
        mark = next;
        nextMarkSector = SECTORS - nextMarkSector;
    }

    private static ByteBuffer encode(CommitMark mark) {
        ByteBuffer sector = Sector.begin(MARK_MAGIC)
                .putLong(mark.committed())
                .putLong(mark.synced())
                .putLong(mark.bootId().getMostSignificantBits())
                .putLong(mark.bootId().getLeastSignificantBits())
                .put(mark.standing() == Standing.COMPLETE ? COMPLETE : OWES_MERGE)
                .putLong(mark.boot());
        return Sector.seal(sector);
    }

    private static Optional<CommitMark> decode(ByteBuffer sector) {
        return Sector.open(sector, MARK_MAGIC)
                .map(in -> new CommitMark(
                        in.getLong(),
                        in.getLong(),
                        new UUID(in.getLong(), in.getLong()),
                        in.get() == COMPLETE ? Standing.COMPLETE : Standing.OWES_MERGE,
                        in.getLong()));
    }

    @Override
    public void close() {
        arena.close();
    }
}
