package dev.kvorum.core.node;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of one connection together again from whatever pieces the network hands over. A frame is the length
 * of what follows (u32), a CRC-32C of what follows it (u32), and the content. Not thread-safe.
 *
 * <p>Throws {@link MalformedException} when the bytes are no frames; the connection cannot be used after that.
 */
public final class Frames {

    /** The longest frame taken: far above what a turn produces, far below what would hurt. */
    public static final int MOST_BYTES = 16 << 20;

    /** Length and checksum. */
    static final int PREFIX_BYTES = 8;

    private final CRC32C checksum = new CRC32C();
    private byte[] bytes = new byte[4_096];
    private int start;
    private int end;

    /** A whole frame around what {@code content} writes; the caller's to keep. */
    public static byte[] frame(Consumer<WireWriter> content) {
        WireWriter out = new WireWriter();
        out.putLong(0);
        content.accept(out);
        seal(out, new CRC32C());
        return out.toBytes();
    }

    /** Fills in the first {@value #PREFIX_BYTES} bytes, now that the rest is there. */
    static void seal(WireWriter out, CRC32C crc) {
        crc.reset();
        crc.update(out.array(), PREFIX_BYTES, out.size() - PREFIX_BYTES);
        out.setInt(0, out.size() - Integer.BYTES);
        out.setInt(Integer.BYTES, (int) crc.getValue());
    }

    /** Appends a piece. */
    public void feed(byte[] piece) {
        makeRoom(piece.length);
        System.arraycopy(piece, 0, bytes, end, piece.length);
        end += piece.length;
    }

    /** The content of the next frame, good until the next {@link #feed}; null as long as it is not complete. */
    public @Nullable WireReader next() {
        if (end - start < PREFIX_BYTES) {
            return null;
        }
        WireReader prefix = new WireReader(bytes, start, PREFIX_BYTES);
        int length = prefix.getInt();
        if (length < Integer.BYTES || length > MOST_BYTES) {
            throw new MalformedException("a frame of " + length + " bytes");
        }
        if (end - start < Integer.BYTES + length) {
            return null;
        }
        int expected = prefix.getInt();
        int from = start + PREFIX_BYTES;
        checksum.reset();
        checksum.update(bytes, from, length - Integer.BYTES);
        if ((int) checksum.getValue() != expected) {
            throw new MalformedException("a frame of " + length + " bytes whose checksum does not match");
        }
        start += Integer.BYTES + length;
        return new WireReader(bytes, from, length - Integer.BYTES);
    }

    private void makeRoom(int more) {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (bytes.length - end < more) {
            int held = end - start;
            byte[] target =
                    held + more <= bytes.length / 2 ? bytes : new byte[Math.max(bytes.length, 2 * (held + more))];
            System.arraycopy(bytes, start, target, 0, held);
            bytes = target;
            start = 0;
            end = held;
        }
    }
}
