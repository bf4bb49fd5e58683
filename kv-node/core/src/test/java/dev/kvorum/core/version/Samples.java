package dev.kvorum.core.version;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Values out of a small universe, so that random ones meet often: 3 actors × 8 sequences, a set of dots being a mask of
 * 24 bits. The masks are the model that versions and objects are judged by.
 */
final class Samples {

    static final int DOTS = 24;
    static final int ALL = (1 << DOTS) - 1;

    private static final int SEQUENCES = 8;
    private static final long[] ACTORS = {3, 0x7000_0000_0000_0000L, 0xF000_0000_0000_0001L};
    private static final Sibling[] SIBLINGS = siblings();

    private Samples() {}

    static Dot dot(int bit) {
        return new Dot(ACTORS[bit / SEQUENCES], bit % SEQUENCES + 1);
    }

    /** The one value that the dot names; stamps do not follow the order of dots. */
    static Sibling sibling(int bit) {
        return SIBLINGS[bit];
    }

    static Version version(int mask) {
        VersionBuilder builder = new VersionBuilder(0, 0);
        for (int actor = 0; actor < ACTORS.length; actor++) {
            builder.begin(ACTORS[actor], 0);
            for (int sequence = 1; sequence <= SEQUENCES; sequence++) {
                if ((mask & (1 << (actor * SEQUENCES + sequence - 1))) != 0) {
                    builder.add(sequence);
                }
            }
            builder.end();
        }
        return builder.version();
    }

    /** The object at {@code version} with the siblings in {@code alive}, a part of it. */
    static KvObject object(int version, int alive) {
        Sibling[] siblings = new Sibling[Integer.bitCount(alive)];
        int count = 0;
        for (int rest = alive; rest != 0; rest &= rest - 1) {
            siblings[count++] = SIBLINGS[Integer.numberOfTrailingZeros(rest)];
        }
        return new KvObject(siblings, version(version));
    }

    static int maskOf(Version version) {
        int mask = 0;
        for (int bit = 0; bit < DOTS; bit++) {
            mask |= version.covers(dot(bit)) ? 1 << bit : 0;
        }
        return mask;
    }

    static int aliveIn(KvObject object) {
        int mask = 0;
        for (int bit = 0; bit < DOTS; bit++) {
            mask |= object.siblings().contains(SIBLINGS[bit]) ? 1 << bit : 0;
        }
        return mask;
    }

    /** Sparse, dense and prefix-like masks in turn: gaps and runs both matter. */
    static int mask(SplittableRandom random) {
        int bits = random.nextInt() & ALL;
        return switch (random.nextInt(4)) {
            case 0 -> bits;
            case 1 -> bits & random.nextInt() & random.nextInt();
            case 2 -> (bits | random.nextInt()) & ALL;
            case 3 -> prefixes(random);
            default -> throw new AssertionError();
        };
    }

    static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static int prefixes(SplittableRandom random) {
        int mask = 0;
        for (int actor = 0; actor < ACTORS.length; actor++) {
            mask |= ((1 << random.nextInt(SEQUENCES + 1)) - 1) << (actor * SEQUENCES);
        }
        return mask;
    }

    private static Sibling[] siblings() {
        Sibling[] siblings = new Sibling[DOTS];
        for (int bit = 0; bit < DOTS; bit++) {
            long hlc = 1_000L + bit * 7 % 12;
            byte[] id = {(byte) bit};
            siblings[bit] = bit % 6 == 5
                    ? Sibling.tombstone(dot(bit), hlc, id)
                    : new Sibling(dot(bit), Kind.BYTES, "text/plain", 0, hlc, id, text("value " + bit));
        }
        return siblings;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
