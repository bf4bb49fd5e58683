package dev.kvorum.storage.commit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A column family: its own memtable and files, the one shared log. All exist from the first start on. */
public enum Family {
    /** Objects, by slot, bucket and key. */
    DATA,
    /** Writes kept for nodes that were away. */
    HINTS,
    /** Entries, votes and applied state of consensus. */
    RAFT,
    /** What the node knows of itself and of its cluster; the commit number. */
    META,
    /** Checkpoints of the anti-entropy trees. */
    TREE;

    /** The family's name inside RocksDB, as bytes. */
    public byte[] nameBytes() {
        return name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
