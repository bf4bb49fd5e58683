package dev.kvorum.server.resp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes replies in the version that a connection has chosen. Points at one connection's buffer at a time. */
final class RespWriter {

    private static final byte[] NULL_2 = ascii("$-1\r\n");
    private static final byte[] NULL_3 = ascii("_\r\n");
    private static final byte[] OK = ascii("+OK\r\n");
    private static final byte[] ZERO = ascii(":0\r\n");
    private static final byte[] ONE = ascii(":1\r\n");
    private static final int CRLF = '\r' << 8 | '\n';

    private final ByteBuf out;
    private final RespClient client;
    private final byte[] digits = new byte[24];

    /** @param client decides the version, also in the middle of a buffer */
    RespWriter(ByteBuf out, RespClient client) {
        this.out = out;
        this.client = client;
    }

    void ok() {
        out.writeBytes(OK);
    }

    void simple(String text) {
        out.writeByte('+').writeBytes(ascii(text)).writeShort(CRLF);
    }

    /** An error line: the prefix in capitals, a blank, the message. Line breaks in it become blanks. */
    void error(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\r' || bytes[i] == '\n' ? (byte) ' ' : bytes[i];
        }
        out.writeByte('-').writeBytes(bytes).writeShort(CRLF);
    }

    void number(long value) {
        if (value == 0 || value == 1) {
            out.writeBytes(value == 0 ? ZERO : ONE);
        } else {
            header(':', value);
        }
    }

    void nothing() {
        out.writeBytes(client.version() == 2 ? NULL_2 : NULL_3);
    }

    void bulk(byte[] bytes) {
        header('$', bytes.length);
        out.writeBytes(bytes).writeShort(CRLF);
    }

    void bulk(String text) {
        bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Text for people, which version 3 marks as such. */
    void verbatim(String text) {
        if (client.version() == 2) {
            bulk(text);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        header('=', bytes.length + 4L);
        out.writeBytes(ascii("txt:")).writeBytes(bytes).writeShort(CRLF);
    }

    /** Opens an array; the elements follow. */
    void array(int elements) {
        header('*', elements);
    }

    /** Opens a map; keys and values follow in turn. Version 2 shows it as a flat array. */
    void map(int entries) {
        header(client.version() == 2 ? '*' : '%', client.version() == 2 ? 2L * entries : entries);
    }

    private void header(char type, long value) {
        int at = digits.length;
        digits[--at] = '\n';
        digits[--at] = '\r';
        long rest = value < 0 ? value : -value;
        do {
            digits[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        digits[--at] = (byte) type;
        out.writeBytes(digits, at, digits.length - at);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
