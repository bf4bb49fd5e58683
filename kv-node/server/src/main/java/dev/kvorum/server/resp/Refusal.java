package dev.kvorum.server.resp;

import java.util.List;
import java.util.Locale;

/** A command that cannot be carried out as it was written; the message is the error line without its minus sign. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 128;

    Refusal(String line) {
        super(line, null, false, false);
    }

    /** Words that stand where none may stand; the detail says which, and what may. */
    static Refusal syntax(String detail) {
        return new Refusal("ERR syntax error: " + detail);
    }

    /** A subcommand that is not there, or one whose number of arguments is wrong. */
    static Refusal subcommand(String command, String subcommand, List<String> known) {
        if (known.contains(subcommand)) {
            return new Refusal("ERR wrong number of arguments for '" + command + '|' + subcommand + "' command");
        }
        String shown = subcommand.substring(0, Math.min(subcommand.length(), SHOWN_CHARACTERS));
        return new Refusal("ERR unknown subcommand '" + shown + "'; use one of "
                + String.join(", ", known).toUpperCase(Locale.ROOT));
    }

    String line() {
        return String.valueOf(getMessage());
    }
}
