package dev.kvorum.server.resp;

/**
 * Splits a line into words, for people who type commands into a plain connection: words are separated by blanks; within
 * double quotes {@code \n \r \t \b \a \xHH} stand for bytes, within single quotes only {@code \'} does. A quoted word
 * is unescaped in place, which only makes it shorter.
 */
final class InlineWords {

    private final byte[] bytes;
    private final int end;
    private int at;
    private int offset;
    private int length;
    private boolean unbalanced;

    InlineWords(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** Moves to the next word; false at the end of the line, or when a quote is open. */
    boolean next() {
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
        if (at == end) {
            return false;
        }
        offset = at;
        byte quote = bytes[at];
        if (quote == '"' || quote == '\'') {
            at++;
            return quoted(quote);
        }
        while (at < end && !isBlank(bytes[at])) {
            at++;
        }
        length = at - offset;
        return true;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    boolean isUnbalanced() {
        return unbalanced;
    }

    private boolean quoted(byte quote) {
        int to = offset;
        while (at < end && bytes[at] != quote) {
            bytes[to++] = bytes[at] == '\\' && at + 1 < end ? escaped(quote) : bytes[at++];
        }
        length = to - offset;
        boolean closed = at < end && (at + 1 == end || isBlank(bytes[at + 1]));
        at++;
        unbalanced = !closed;
        return closed;
    }

    private byte escaped(byte quote) {
        if (quote == '\'') {
            boolean escapedQuote = bytes[at + 1] == '\'';
            at += escapedQuote ? 2 : 1;
            return (byte) (escapedQuote ? '\'' : '\\');
        }
        if (bytes[at + 1] == 'x' && at + 3 < end) {
            int high = Character.digit(bytes[at + 2], 16);
            int low = Character.digit(bytes[at + 3], 16);
            if (high >= 0 && low >= 0) {
                at += 4;
                return (byte) (high << 4 | low);
            }
        }
        byte named = bytes[at + 1];
        at += 2;
        return switch (named) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> named;
        };
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t';
    }
}
