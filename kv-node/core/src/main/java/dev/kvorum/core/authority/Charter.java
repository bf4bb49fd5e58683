package dev.kvorum.core.authority;

import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.Bootstrap.Durability;
import dev.kvorum.core.ring.Level;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/**
 * What the founding document settled for the life of the cluster.
 *
 * @param generation grows when a lost authority is recovered by force
 * @param documentHash of the founding document, so that the same one is known again
 */
public record Charter(
        String clusterId,
        long generation,
        int factor,
        Level read,
        Level write,
        Durability durability,
        long documentHash) {

    /** Of a state to which nothing was founded yet. */
    static final Charter NONE = new Charter("", 0, 0, Level.ONE, Level.ONE, Durability.FSYNC, 0);

    static Charter of(Bootstrap document) {
        return new Charter(
                document.clusterId(),
                document.generation(),
                document.factor(),
                document.read(),
                document.write(),
                document.durability(),
                document.contentHash());
    }

    Charter recovered(long next) {
        return new Charter(clusterId, next, factor, read, write, durability, documentHash);
    }

    static Charter read(WireReader in) {
        return new Charter(
                Texts.read(in, Texts.MOST_NAME_BYTES),
                in.getVar(),
                Texts.smallNumber(in),
                Level.parse(Texts.read(in, 16)),
                Level.parse(Texts.read(in, 16)),
                Durability.parse(Texts.read(in, 16)),
                in.getLong());
    }

    void write(WireWriter out) {
        out.putText(clusterId).putVar(generation).putVar(factor);
        out.putText(read.toString()).putText(write.toString()).putText(durability.toString());
        out.putLong(documentHash);
    }
}
