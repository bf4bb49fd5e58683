package dev.kvorum.core.ring;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/**
 * A named key space and its contract.
 *
 * @param name 1 to 63 of {@code a-z}, {@code 0-9} and {@code -}
 * @param read how many replicas a read waits for unless the request says otherwise
 * @param write how many replicas a write waits for unless the request says otherwise
 * @param sloppy whether hints count towards W; always false in this release
 */
public record BucketSettings(String name, Mode mode, Conflict conflict, Level read, Level write, boolean sloppy) {

    /** How the replicas of a shard agree. */
    public enum Mode {
        /** Any replica set of R and W; no leader. */
        QUORUM;

        public static Mode parse(String text) {
            Checks.require(text.equals("quorum"), "mode", text, "use quorum, the only mode of this release");
            return QUORUM;
        }
    }

    /** What becomes of concurrent values. */
    public enum Conflict {
        /** All are kept and returned until a write covers them. */
        SIBLINGS,
        /** The one with the highest (hybrid clock, dot) is kept; needs 2W &gt; N. */
        LWW;

        public static Conflict parse(String text) {
            return switch (text) {
                case "siblings" -> SIBLINGS;
                case "lww" -> LWW;
                default -> throw new IllegalArgumentException("conflict is \"" + text + "\"; use siblings or lww");
            };
        }

        @Override
        public String toString() {
            return switch (this) {
                case SIBLINGS -> "siblings";
                case LWW -> "lww";
            };
        }
    }

    public BucketSettings {
        Checks.require(name.matches("[a-z0-9-]{1,63}"), "name of bucket", name, "use 1 to 63 of a-z, 0-9 and -");
        Checks.require(!sloppy, "sloppy of bucket " + name, sloppy, "use false, this release has no sloppy writes");
    }

    /** The contract of a bucket of which only the name is known: quorum reads and writes that keep siblings. */
    public static BucketSettings named(String name) {
        return new BucketSettings(name, Mode.QUORUM, Conflict.SIBLINGS, Level.QUORUM, Level.QUORUM, false);
    }

    public static BucketSettings read(WireReader in) {
        return new BucketSettings(
                in.getText(),
                Mode.parse(in.getText()),
                Conflict.parse(in.getText()),
                Level.parse(in.getText()),
                Level.parse(in.getText()),
                false);
    }

    public void write(WireWriter out) {
        out.putText(name).putText("quorum").putText(conflict.toString());
        out.putText(read.toString()).putText(write.toString());
    }

    /**
     * Checks the levels against the number of replicas.
     *
     * @throws IllegalArgumentException naming the level that does not fit, and what to write instead
     */
    public void requireWithin(int factor) {
        Checks.require(read.of(factor) <= factor, "read of bucket " + name, read, "use at most the factor " + factor);
        Checks.require(
                write.of(factor) <= factor, "write of bucket " + name, write, "use at most the factor " + factor);
        boolean ordered = conflict != Conflict.LWW || 2 * write.of(factor) > factor;
        Checks.require(
                ordered, "write of bucket " + name, write, "lww needs more than half of " + factor + " replicas");
    }
}
