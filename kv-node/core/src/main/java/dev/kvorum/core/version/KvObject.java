package dev.kvorum.core.version;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a replica knows of one key: its siblings, sorted by dot, and the version that says which dots they stand
 * for. Replicas hold copies; {@link #merge} brings two together in any order, any number of times.
 *
 * <p>Immutable and safe to share between threads. Operations return {@code this} when nothing changes.
 */
public final class KvObject {

    /** A key never written: no siblings, the empty version. */
    public static final KvObject ABSENT = new KvObject(new Sibling[0], Version.EMPTY);

    private final Sibling[] siblings;
    private final Version version;
    private volatile byte @Nullable [] encoded;

    /** Takes over the array: sorted by dot, each dot covered by the version. */
    KvObject(Sibling[] siblings, Version version) {
        this.siblings = siblings;
        this.version = version;
    }

    /** All siblings, sorted by dot, tombstones and expired values included. */
    public List<Sibling> siblings() {
        return List.of(siblings);
    }

    public int siblingCount() {
        return siblings.length;
    }

    public Version version() {
        return version;
    }

    /** Whether this key was never written here, not even deleted. */
    public boolean isAbsent() {
        return siblings.length == 0 && version.isEmpty();
    }

    /** The siblings to show at this time: neither deleted nor expired. */
    public List<Sibling> live(long nowMs) {
        return Arrays.stream(siblings).filter(sibling -> sibling.isLive(nowMs)).toList();
    }

    /** The live sibling with the highest (stamp, dot), or null when none is live. */
    public @Nullable Sibling newest(long nowMs) {
        Sibling newest = null;
        for (Sibling sibling : siblings) {
            if (sibling.isLive(nowMs) && (newest == null || sibling.isNewerThan(newest))) {
                newest = sibling;
            }
        }
        return newest;
    }

    /** The bytes of all values together, without what is kept about them. */
    public int valueBytes() {
        int bytes = 0;
        for (Sibling sibling : siblings) {
            bytes += sibling.value().length;
        }
        return bytes;
    }

    /** The highest stamp among all siblings, 0 without any. A write is stamped above it. */
    public long highestHlc() {
        long highest = 0;
        for (Sibling sibling : siblings) {
            highest = Math.max(highest, sibling.hlc());
        }
        return highest;
    }

    /**
     * Whether a dot that its actor is about to issue is above all that this object and the context claim of the actor.
     * If not, a forged context claims what was never issued, here or earlier: the actor is spent for this key, and the
     * write needs another one.
     */
    public boolean canIssue(Dot dot, Version context) {
        return version.highest(dot.actor()) < dot.sequence() && context.highest(dot.actor()) < dot.sequence();
    }

    /**
     * A client's write: keeps the siblings that the client had not seen and adds the new one.
     *
     * @param context what the client had seen of this key
     * @param fresh carries a dot that this node issues now, on the state that this object is; see {@link #canIssue}
     */
    public KvObject write(Version context, Sibling fresh) {
        KvObject written = new KvObject(new Sibling[] {fresh}, context.withDot(fresh.dot()));
        return new KvObject(keptOfBoth(written), version.merge(context).advance(fresh.dot()));
    }

    /** A write without a context: replaces all that this object has seen. The fresh dot is as for {@link #write}. */
    public KvObject overwriteAll(Sibling fresh) {
        return new KvObject(new Sibling[] {fresh}, version.advance(fresh.dot()));
    }

    /** Keeps a sibling if the other side has it too or does not cover its dot; claims what either side claims. */
    public KvObject merge(KvObject other) {
        Version merged = version.merge(other.version);
        Sibling[] kept = keptOfBoth(other);
        if (hasDotsOf(kept) && merged.equals(version)) {
            return this;
        }
        return other.hasDotsOf(kept) && merged.equals(other.version) ? other : new KvObject(kept, merged);
    }

    /**
     * A last-write-wins write: only the sibling with the highest (stamp, dot) stays. It is the fresh one if the caller
     * stamped it above {@link #highestHlc}.
     */
    public KvObject writeLww(Version context, Sibling fresh) {
        Sibling latest = latest(fresh, siblings);
        return new KvObject(new Sibling[] {latest}, version.merge(context).advance(fresh.dot()));
    }

    /**
     * Last-write-wins merge: of all siblings on both sides only the one with the highest (stamp, dot) stays, whatever
     * the versions say, so that the result does not depend on the order of merges.
     */
    public KvObject mergeLww(KvObject other) {
        Version merged = version.merge(other.version);
        if (siblings.length == 0 && other.siblings.length == 0) {
            return withVersion(merged);
        }
        Sibling first = siblings.length > 0 ? siblings[0] : other.siblings[0];
        Sibling latest = latest(latest(first, siblings), other.siblings);
        if (isExactly(latest, merged)) {
            return this;
        }
        return other.isExactly(latest, merged) ? other : new KvObject(new Sibling[] {latest}, merged);
    }

    /**
     * The context to return with a read: the whole version when all live siblings were shown, else only the dots shown,
     * so that no sibling is overwritten by a client that has not seen it.
     */
    public Version contextOf(List<Sibling> shown, long nowMs) {
        Version dots = Version.EMPTY;
        for (Sibling sibling : shown) {
            dots = dots.withDot(sibling.dot());
        }
        for (Sibling sibling : siblings) {
            if (sibling.isLive(nowMs) && !dots.covers(sibling.dot())) {
                return dots;
            }
        }
        return version;
    }

    /**
     * The context to return with the write that made this object: the whole version when it left no other sibling, else
     * what the client sent plus the write itself as a single dot.
     */
    public Version contextAfterWrite(Version sent, Dot written) {
        boolean alone = siblings.length == 1 && siblings[0].dot().equals(written);
        return alone ? version : sent.withDot(written);
    }

    /** See {@link KvObjectDigest}: equal on all replicas that hold equal state. */
    public long digest() {
        return KvObjectDigest.of(version, siblings);
    }

    /** The bytes to store and to send; computed once, never modified. */
    public byte[] encode() {
        byte[] bytes = encoded;
        if (bytes == null) {
            bytes = KvObjectCodec.encode(siblings, version);
            encoded = bytes;
        }
        return bytes;
    }

    /**
     * Reads what {@link #encode} wrote, and keeps the array as the encoded form: the caller must not modify it.
     *
     * @throws dev.kvorum.core.wire.MalformedException if the bytes are damaged or of an unknown form
     */
    public static KvObject decode(byte[] bytes) {
        KvObject object = KvObjectCodec.decode(bytes);
        object.encoded = bytes;
        return object;
    }

    /** The length of the encoded form, in bytes. */
    public int sizeBytes() {
        return encode().length;
    }

    /** The survivors of a merge, sorted by dot; of siblings on both sides, this side's instances. */
    private Sibling[] keptOfBoth(KvObject other) {
        Sibling[] kept = new Sibling[siblings.length + other.siblings.length];
        int count = 0;
        int here = 0;
        int there = 0;
        while (here < siblings.length || there < other.siblings.length) {
            int order = order(here, other, there);
            Sibling next = order <= 0 ? siblings[here] : other.siblings[there];
            Version opposite = order <= 0 ? other.version : version;
            if (order == 0 || !opposite.covers(next.dot())) {
                kept[count++] = next;
            }
            here += order <= 0 ? 1 : 0;
            there += order >= 0 ? 1 : 0;
        }
        return count == kept.length ? kept : Arrays.copyOf(kept, count);
    }

    private int order(int here, KvObject other, int there) {
        if (here == siblings.length) {
            return 1;
        }
        return there == other.siblings.length ? -1 : siblings[here].dot().compareTo(other.siblings[there].dot());
    }

    private boolean hasDotsOf(Sibling[] others) {
        boolean same = siblings.length == others.length;
        for (int i = 0; same && i < others.length; i++) {
            same = siblings[i].dot().equals(others[i].dot());
        }
        return same;
    }

    private KvObject withVersion(Version newVersion) {
        return newVersion.equals(version) ? this : new KvObject(siblings, newVersion);
    }

    private boolean isExactly(Sibling only, Version expected) {
        return siblings.length == 1 && siblings[0].equals(only) && version.equals(expected);
    }

    private static Sibling latest(Sibling first, Sibling[] candidates) {
        Sibling latest = first;
        for (Sibling candidate : candidates) {
            latest = candidate.isNewerThan(latest) ? candidate : latest;
        }
        return latest;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof KvObject object
                        && version.equals(object.version)
                        && Arrays.equals(siblings, object.siblings));
    }

    @Override
    public int hashCode() {
        return 31 * version.hashCode() + Arrays.hashCode(siblings);
    }

    @Override
    public String toString() {
        return Arrays.toString(siblings) + " at " + version;
    }
}
