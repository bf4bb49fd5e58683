package dev.kvorum.server.resp;

import java.util.Arrays;

/**
 * Finds commands in bytes that arrive in any portions, without copying them: it keeps where the arguments lie, not what
 * they say. One per connection.
 *
 * <p>A command that breaks a limit is skipped as it arrives, so that its client gets an answer and no memory is spent.
 * What follows a malformed command cannot be told apart any more; the connection has to end.
 */
final class RespParser {

    /** What {@link #next} has found. */
    enum Step {
        /** Not a whole command yet. */
        NEED_MORE,
        /** A command; its arguments can be asked for until the next call. */
        COMMAND,
        /** A command was skipped because it breaks a limit; {@link #problem} says which. */
        REFUSED,
        /** Not the protocol; {@link #problem} says what is wrong. */
        MALFORMED
    }

    /** The longest argument: no key or value may be longer. */
    static final int ARGUMENT_MOST_BYTES = 10_240;

    /** The longest command without a frame, with room for escaped characters. */
    static final int INLINE_MOST_BYTES = 16_384;

    private static final int SKIPPED_MOST_ELEMENTS = 1_048_576;
    private static final long SKIPPED_MOST_BYTES = 512L * 1_024 * 1_024;
    private static final int LENGTH_MOST_DIGITS = 9;
    private static final int INCOMPLETE = -2;
    private static final int INVALID = -3;

    private final int elementsMost;
    private int[] spans = new int[16];
    private int count;
    private int expected = -1;
    private int cursor;
    private int lineEnd;
    private int consumed;
    private boolean skipping;
    private long skipBytes;
    private String problem = "";
    private byte[] bytes = {};
    private int start;

    RespParser(int elementsMost) {
        this.elementsMost = elementsMost;
    }

    /**
     * Looks for the next command.
     *
     * @param source holds the bytes not consumed so far, in order; after {@link Step#NEED_MORE} the same bytes and
     *     more, at any place
     * @param from where they start
     * @param to where they end
     */
    Step next(byte[] source, int from, int to) {
        bytes = source;
        start = from;
        consumed = 0;
        if (skipping) {
            return skip(from, to);
        }
        if (expected < 0) {
            count = 0;
            if (from == to) {
                return Step.NEED_MORE;
            }
            if (source[from] != '*') {
                return inline(to);
            }
            Step header = header(to);
            if (header != Step.COMMAND) {
                return header;
            }
        }
        return skipping ? skip(start + cursor, to) : elements(to);
    }

    /** How many bytes of the last call may be forgotten: the command, or what was skipped. */
    int consumed() {
        return consumed;
    }

    /** How many arguments the command has, its name included; 0 for an empty line. */
    int count() {
        return count;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset(int argument) {
        return start + spans[2 * argument];
    }

    int length(int argument) {
        return spans[2 * argument + 1];
    }

    String problem() {
        return problem;
    }

    private Step header(int to) {
        int elements = length(start + 1, to);
        if (elements == INCOMPLETE) {
            return Step.NEED_MORE;
        }
        if (elements == INVALID || elements > SKIPPED_MOST_ELEMENTS) {
            return malformed("invalid multibulk length");
        }
        cursor = lineEnd - start;
        expected = Math.max(0, elements);
        if (elements > elementsMost) {
            problem = "bad_request array of " + elements + " elements; a command has at most " + elementsMost;
            skipping = true;
        }
        return Step.COMMAND;
    }

    private Step elements(int to) {
        while (count < expected) {
            Step step = argument(to);
            if (step != Step.COMMAND) {
                return step;
            }
        }
        expected = -1;
        consumed = cursor;
        cursor = 0;
        return Step.COMMAND;
    }

    /** Moves behind the next argument, if it is there and may be taken. */
    private Step argument(int to) {
        int at = start + cursor;
        int length = element(at, to);
        if (length < 0) {
            return length == INCOMPLETE ? Step.NEED_MORE : Step.MALFORMED;
        }
        if (length > ARGUMENT_MOST_BYTES) {
            problem = "value_too_large argument of " + length + " bytes; key and value together have at most "
                    + ARGUMENT_MOST_BYTES;
            skipping = true;
            return skip(at, to);
        }
        int end = lineEnd + length;
        if (to - end < 2) {
            return Step.NEED_MORE;
        }
        if (bytes[end] != '\r' || bytes[end + 1] != '\n') {
            return malformed("argument is not followed by CRLF");
        }
        add(lineEnd - start, length);
        cursor = end + 2 - start;
        return Step.COMMAND;
    }

    /** The length that the header at {@code at} announces, or INCOMPLETE, or INVALID with the problem set. */
    private int element(int at, int to) {
        if (at == to) {
            return INCOMPLETE;
        }
        if (bytes[at] != '$') {
            malformed("expected '$', got '" + printable(bytes[at]) + "'");
            return INVALID;
        }
        int length = length(at + 1, to);
        if (length == INVALID || length == -1 || length > SKIPPED_MOST_BYTES) {
            malformed("invalid bulk length");
            return INVALID;
        }
        return length;
    }

    private Step skip(int from, int to) {
        int at = from;
        while (true) {
            long skipped = Math.min(skipBytes, to - at);
            at += (int) skipped;
            skipBytes -= skipped;
            consumed = at - start;
            if (skipBytes > 0) {
                return Step.NEED_MORE;
            }
            if (count == expected) {
                skipping = false;
                expected = -1;
                cursor = 0;
                return Step.REFUSED;
            }
            int length = element(at, to);
            if (length < 0) {
                return length == INCOMPLETE ? Step.NEED_MORE : Step.MALFORMED;
            }
            count++;
            at = lineEnd;
            skipBytes = length + 2L;
        }
    }

    /**
     * Reads digits up to CRLF and leaves {@link #lineEnd} behind it.
     *
     * @return the number, -1 if it says so, INCOMPLETE or INVALID
     */
    private int length(int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int at = first;
        int number = 0;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at++] - '0';
            if (at - first > LENGTH_MOST_DIGITS) {
                return INVALID;
            }
        }
        if (at == to) {
            return INCOMPLETE;
        }
        if (at == first || bytes[at] != '\r' || (negative && number != 1)) {
            return INVALID;
        }
        if (at + 1 == to) {
            return INCOMPLETE;
        }
        lineEnd = at + 2;
        return bytes[at + 1] != '\n' ? INVALID : negative ? -1 : number;
    }

    private Step inline(int to) {
        int newline = start + cursor;
        while (newline < to && bytes[newline] != '\n') {
            newline++;
        }
        if (newline - start > INLINE_MOST_BYTES) {
            return malformed("too big inline request");
        }
        cursor = newline - start;
        if (newline == to) {
            return Step.NEED_MORE;
        }
        consumed = cursor + 1;
        cursor = 0;
        int end = newline > start && bytes[newline - 1] == '\r' ? newline - 1 : newline;
        return words(end) ? Step.COMMAND : malformed("unbalanced quotes in request");
    }

    private boolean words(int end) {
        InlineWords words = new InlineWords(bytes, start, end);
        while (words.next()) {
            if (count == elementsMost) {
                return false;
            }
            add(words.offset() - start, words.length());
        }
        return !words.isUnbalanced();
    }

    private void add(int offset, int length) {
        if (2 * count == spans.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
        }
        spans[2 * count] = offset;
        spans[2 * count + 1] = length;
        count++;
    }

    private Step malformed(String what) {
        problem = "Protocol error: " + what;
        return Step.MALFORMED;
    }

    private static String printable(byte value) {
        return value > ' ' && value < 127 ? String.valueOf((char) value) : "0x" + Integer.toHexString(value & 0xFF);
    }
}
