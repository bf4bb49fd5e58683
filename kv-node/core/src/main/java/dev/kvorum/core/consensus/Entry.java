package dev.kvorum.core.consensus;

import dev.kvorum.core.wire.WireWriter;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One entry of the log. Its checksum is made once, by the leader that made the entry, and checked wherever the entry
 * is read from a wire or a disk.
 *
 * @param index from 1 on, without gaps
 * @param term of the leader that made it; never changes
 * @param payload a command of the shell's state machine, or a {@link Configuration}; empty for a no-op; not copied
 * @param checksum CRC-32C over everything else
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record Entry(long index, long term, Kind kind, byte[] payload, int checksum) {

    /** What an entry is for; its place here is its code on the wire. */
    public enum Kind {
        /** For the shell's state machine. */
        COMMAND,
        /** The first of each term: what came before is committed with it. */
        NO_OP,
        /** Who belongs to the group from here on. */
        CONFIGURATION
    }

    /** A new entry with its checksum. */
    public static Entry of(Position position, Kind kind, byte[] payload) {
        long index = position.index();
        long term = position.term();
        return new Entry(index, term, kind, payload, checksumOf(index, term, kind, payload));
    }

    public Position position() {
        return new Position(index, term);
    }

    /** Whether the content is the one that its leader made. */
    public boolean isIntact() {
        return checksum == checksumOf(index, term, kind, payload);
    }

    private static int checksumOf(long index, long term, Kind kind, byte[] payload) {
        WireWriter head = new WireWriter(24).putLong(index).putLong(term).putEnum(kind);
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 0, head.size());
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that
                && index == that.index
                && term == that.term
                && kind == that.kind
                && checksum == that.checksum
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(index) * 31 + checksum;
    }

    @Override
    public String toString() {
        return position() + " " + kind + " of " + payload.length + " bytes";
    }
}
