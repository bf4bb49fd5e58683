package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.Arrays;

/**
 * The replicated state of a simulated group: a few registers, each with the last write's id and the revision at which
 * it was written; and a hash over everything that was ever applied, in order. Values, never changed.
 */
final class Registers {

    static final int KEYS = 3;
    static final Registers EMPTY = new Registers(0, 0, new long[2 * KEYS]);

    private final long revision;
    private final long hash;
    private final long[] cells;

    private Registers(long revision, long hash, long[] cells) {
        this.revision = revision;
        this.hash = hash;
        this.cells = cells;
    }

    static byte[] command(int key, long writeId, int paddingBytes) {
        return new WireWriter()
                .putByte(key)
                .putLong(writeId)
                .putRaw(new byte[paddingBytes])
                .toBytes();
    }

    /** How many commands were applied. */
    long revision() {
        return revision;
    }

    long hash() {
        return hash;
    }

    /** The id of the last write to the register; 0 for none. */
    long value(int key) {
        return cells[2 * key];
    }

    /** When that was. */
    long writtenAt(int key) {
        return cells[2 * key + 1];
    }

    Registers after(Entry entry) {
        long mixed = (hash ^ entry.checksum()) * 0x9E3779B97F4A7C15L + entry.index();
        if (entry.kind() != Entry.Kind.COMMAND) {
            return new Registers(revision, mixed, cells);
        }
        WireReader in = new WireReader(entry.payload());
        int key = in.getByte();
        long[] changed = cells.clone();
        changed[2 * key] = in.getLong();
        changed[2 * key + 1] = revision + 1;
        return new Registers(revision + 1, mixed, changed);
    }

    byte[] toBytes() {
        WireWriter out = new WireWriter().putLong(revision).putLong(hash);
        for (long cell : cells) {
            out.putLong(cell);
        }
        return out.toBytes();
    }

    static Registers ofBytes(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        long revision = in.getLong();
        long hash = in.getLong();
        long[] cells = new long[2 * KEYS];
        Arrays.setAll(cells, ignored -> in.getLong());
        in.end();
        return new Registers(revision, hash, cells);
    }
}
