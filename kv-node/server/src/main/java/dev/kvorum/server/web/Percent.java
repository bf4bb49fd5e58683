package dev.kvorum.server.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986: how any bytes travel in a path or a query. */
public final class Percent {

    private Percent() {}

    /** The bytes of a path segment; {@code what} names it in a refusal. */
    public static byte[] segment(String text, String what) {
        return text.indexOf('%') < 0 && isPlain(text)
                ? text.getBytes(StandardCharsets.ISO_8859_1)
                : decode(text, what, '+');
    }

    /** The bytes of a name or value in a query, where a plus sign stands for a blank. */
    public static byte[] parameter(String text, String what) {
        return decode(text, what, ' ');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 127) {
                return false;
            }
        }
        return true;
    }

    private static byte[] decode(String text, String what, char plus) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                out.write(escaped(text, i, what));
                i += 2;
            } else if (c <= ' ' || c >= 127) {
                throw Refused.badRequest(
                        what + " holds the character 0x" + Integer.toHexString(c) + ", which must be percent-encoded");
            } else {
                out.write(c == '+' ? plus : c);
            }
        }
        return out.toByteArray();
    }

    private static int escaped(String text, int at, String what) {
        int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            String wrong = text.substring(at, Math.min(at + 3, text.length()));
            throw Refused.badRequest(what + " holds \"" + wrong + "\", which is no escape of the form %41");
        }
        return high << 4 | low;
    }
}
