package dev.kvorum.server.resp;

import dev.kvorum.core.version.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The arguments of the command at hand, read where they lie in the buffer; argument 0 is the command's name. */
final class Arguments {

    private static final long NUMBER_DIGITS_MOST = 19;
    private static final int SHOWN_CHARACTERS = 64;

    private final RespParser parser;

    Arguments(RespParser parser) {
        this.parser = parser;
    }

    /** The command of this name, or null. */
    @Nullable
    Command find(CommandTable table) {
        return table.find(parser.bytes(), parser.offset(0), parser.length(0));
    }

    int count() {
        return parser.count();
    }

    int length(int argument) {
        return parser.length(argument);
    }

    /** A copy that outlives the buffer. */
    byte[] bytes(int argument) {
        int offset = parser.offset(argument);
        return Arrays.copyOfRange(parser.bytes(), offset, offset + parser.length(argument));
    }

    String text(int argument) {
        return new String(parser.bytes(), parser.offset(argument), parser.length(argument), StandardCharsets.UTF_8);
    }

    /** The argument as an error message shows it: printable, in quotes, not too long. */
    String shown(int argument) {
        String text = text(argument).replaceAll("[^\\p{Print}]", "?");
        return '\'' + (text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...") + '\'';
    }

    /** The word in lower case, for subcommands and options that are looked up by a switch. */
    String word(int argument) {
        return text(argument).toLowerCase(Locale.ROOT);
    }

    /** A copy of a key within the limits. */
    byte[] key(int argument) {
        int length = parser.length(argument);
        if (length == 0) {
            throw new Refusal("ERR bad_request key is empty; a key has 1 to " + Limits.KEY_MOST_BYTES + " bytes");
        }
        if (length > Limits.KEY_MOST_BYTES) {
            throw new Refusal(
                    "ERR key_too_large key of " + length + " bytes; a key has at most " + Limits.KEY_MOST_BYTES);
        }
        return bytes(argument);
    }

    /** A copy of a value that fits beside its key. */
    byte[] value(int argument, int keyLength) {
        int together = keyLength + parser.length(argument);
        if (together > Limits.ENTRY_MOST_BYTES) {
            throw new Refusal("ERR value_too_large key and value of " + together + " bytes; together they have at most "
                    + Limits.ENTRY_MOST_BYTES);
        }
        return bytes(argument);
    }

    long number(int argument) {
        byte[] bytes = parser.bytes();
        int at = parser.offset(argument);
        int end = at + parser.length(argument);
        boolean negative = at < end && bytes[at] == '-';
        at += negative ? 1 : 0;
        if (at == end || end - at > NUMBER_DIGITS_MOST) {
            throw notANumber(argument);
        }
        long number = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9 || number < (Long.MIN_VALUE + digit) / 10) {
                throw notANumber(argument);
            }
            number = number * 10 - digit;
        }
        if (!negative && number == Long.MIN_VALUE) {
            throw notANumber(argument);
        }
        return negative ? number : -number;
    }

    private Refusal notANumber(int argument) {
        return new Refusal("ERR value is not an integer or out of range: " + shown(argument));
    }
}
