package dev.kvorum.benchmarks;

import java.nio.charset.StandardCharsets;

/**
 * Counts the replies in a stream of RESP: a value, a miss or an error each. Keeps a partial reply for the next piece.
 */
final class Replies {

    /** Takes each reply, in order. */
    interface Listener {
        void onValue();

        void onMiss();

        void onError(String message);
    }

    private byte[] bytes = new byte[64 << 10];
    private int end;

    void feed(byte[] piece, Listener listener) {
        if (bytes.length - end < piece.length) {
            bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + piece.length));
        }
        System.arraycopy(piece, 0, bytes, end, piece.length);
        end += piece.length;
        int at = 0;
        for (int next = reply(at, listener); next >= 0; next = reply(at, listener)) {
            at = next;
        }
        System.arraycopy(bytes, at, bytes, 0, end - at);
        end -= at;
    }

    /** Where the reply that starts here ends; −1 when it is not complete. */
    private int reply(int from, Listener listener) {
        int lineEnd = lineEnd(from);
        if (lineEnd < 0) {
            return -1;
        }
        switch (bytes[from]) {
            case '+', ':', '#' -> listener.onValue();
            case '_' -> listener.onMiss();
            case '-' -> listener.onError(new String(bytes, from, lineEnd - from, StandardCharsets.UTF_8));
            case '$' -> {
                int length = number(from + 1, lineEnd);
                if (length < 0) {
                    listener.onMiss();
                    return lineEnd + 2;
                }
                int valueEnd = lineEnd + 2 + length + 2;
                if (valueEnd > end) {
                    return -1;
                }
                listener.onValue();
                return valueEnd;
            }
            default -> throw new IllegalStateException("a reply that starts with " + (char) bytes[from]);
        }
        return lineEnd + 2;
    }

    private int lineEnd(int from) {
        for (int at = from; at + 1 < end; at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private int number(int from, int to) {
        if (bytes[from] == '-') {
            return -1;
        }
        int number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }
}
