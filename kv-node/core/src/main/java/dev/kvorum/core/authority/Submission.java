package dev.kvorum.core.authority;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.zip.CRC32C;

/**
 * A command on its way into the log.
 *
 * @param id the same in every retry
 * @param basis the index that the first sender had applied; when the authority has forgotten answers above it, a
 *     remembered command is refused rather than applied perhaps twice
 * @param session of the operator that sends it; 0 for nodes and for people
 */
public record Submission(CommandId id, long basis, long session, Command command) {

    /** The version that this code writes, and the only one that it reads. */
    public static final int VERSION = 1;

    /** The longest entry; a longer one is refused before it is proposed. */
    public static final int MOST_BYTES = 1 << 20;

    /** The bytes of a log entry: equal submissions have equal bytes. */
    public byte[] encode() {
        WireWriter out = new WireWriter();
        out.putByte(VERSION);
        id.write(out);
        out.putVar(basis).putVar(session);
        CommandCodec.write(command, out);
        return out.putInt(checksum(out.array(), out.size())).toBytes();
    }

    /**
     * Reads a whole entry.
     *
     * @throws MalformedException when the bytes are anything else, whatever they are
     */
    public static Submission decode(byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        if (end < 1
                || bytes.length > MOST_BYTES
                || new WireReader(bytes, end, Integer.BYTES).getInt() != checksum(bytes, end)) {
            throw new MalformedException("a command of " + bytes.length + " bytes with a wrong checksum or length");
        }
        WireReader in = new WireReader(bytes, 0, end);
        int version = in.getByte();
        if (version != VERSION) {
            throw new MalformedException("a command of version " + version + ", this node reads " + VERSION);
        }
        try {
            Submission read = new Submission(CommandId.read(in), in.getVar(), in.getVar(), CommandCodec.read(in));
            in.end();
            return read;
        } catch (IllegalArgumentException outOfBounds) {
            throw new MalformedException("a command: " + outOfBounds.getMessage());
        }
    }

    /** 64 bits that name what is asked, whoever asks and however often. */
    long digest() {
        WireWriter out = new WireWriter();
        out.putVar(session);
        CommandCodec.write(command, out);
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < out.size(); i++) {
            hash = (hash ^ (out.array()[i] & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
