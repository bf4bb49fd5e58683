package dev.kvorum.server.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern over bytes as Redis knows it: {@code *} for any bytes, {@code ?} for one, {@code [abc]}, {@code [^abc]} and
 * {@code [a-c]} for one of some, and a backslash that takes the next byte for itself. An unclosed bracket reaches to
 * the end. Linear in text times pattern, whatever is sent.
 */
final class Glob {

    private static final int BYTES = 256;

    /** What each place of the text must be; an empty set stands for any bytes in any number. */
    private final List<BitSet> places = new ArrayList<>();

    private final byte[] pattern;

    Glob(String pattern) {
        this(pattern.getBytes(StandardCharsets.UTF_8));
    }

    Glob(byte[] pattern) {
        this.pattern = pattern;
        int at = 0;
        while (at < pattern.length) {
            at = switch (pattern[at]) {
                case '*' -> any(at);
                case '?' -> one(all(), at + 1);
                case '[' -> bracket(at + 1);
                case '\\' -> literal(Math.min(at + 1, pattern.length - 1));
                default -> literal(at);
            };
        }
    }

    boolean matches(String text) {
        return matches(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean matches(byte[] text) {
        int at = 0;
        int place = 0;
        int star = -1;
        int starAt = 0;
        while (at < text.length) {
            if (isStar(place)) {
                star = place++;
                starAt = at;
            } else if (place < places.size() && places.get(place).get(text[at] & 0xFF)) {
                place++;
                at++;
            } else if (star >= 0) {
                place = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (isStar(place)) {
            place++;
        }
        return place == places.size();
    }

    private boolean isStar(int place) {
        return place < places.size() && places.get(place).isEmpty();
    }

    private int any(int at) {
        if (places.isEmpty() || !places.getLast().isEmpty()) {
            places.add(new BitSet());
        }
        return at + 1;
    }

    private int literal(int at) {
        BitSet only = new BitSet(BYTES);
        only.set(pattern[at] & 0xFF);
        return one(only, at + 1);
    }

    private int one(BitSet allowed, int next) {
        places.add(allowed);
        return next;
    }

    private int bracket(int from) {
        int at = from;
        boolean negated = at < pattern.length && pattern[at] == '^';
        at += negated ? 1 : 0;
        BitSet allowed = new BitSet(BYTES);
        while (at < pattern.length && pattern[at] != ']') {
            at += pattern[at] == '\\' && at + 1 < pattern.length ? 1 : 0;
            int low = pattern[at] & 0xFF;
            boolean range = at + 2 < pattern.length && pattern[at + 1] == '-' && pattern[at + 2] != ']';
            int high = range ? pattern[at + 2] & 0xFF : low;
            allowed.set(Math.min(low, high), Math.max(low, high) + 1);
            at += range ? 3 : 1;
        }
        if (negated) {
            allowed.flip(0, BYTES);
        }
        return allowed.isEmpty() ? one(nothing(), at + 1) : one(allowed, at + 1);
    }

    /** A place that no byte can take: the empty bracket. */
    private static BitSet nothing() {
        BitSet beyond = new BitSet(BYTES + 1);
        beyond.set(BYTES);
        return beyond;
    }

    private static BitSet all() {
        BitSet all = new BitSet(BYTES);
        all.set(0, BYTES);
        return all;
    }
}
