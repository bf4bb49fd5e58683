package dev.kvorum.server.http;

import dev.kvorum.server.web.Refused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as clients write them: {@code 500ms}, {@code 60s}, {@code 5m}, {@code 12h}, {@code 30d}. */
final class Duration {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");

    private Duration() {}

    /** The span in milliseconds, from 1 to {@code mostMs}; {@code what} names the field in a refusal. */
    static long parseMs(String text, String what, long mostMs) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            long unitMs = unitMs(form.group(2));
            long number = Long.parseLong(form.group(1));
            if (number > 0 && number <= mostMs / unitMs) {
                return number * unitMs;
            }
        }
        throw Refused.badRequest(
                what + " is \"" + text + "\"; use a number with ms, s, m, h or d, such as 500ms or 60s, up to "
                        + (mostMs < 86_400_000 ? mostMs / 60_000 + "m" : mostMs / 86_400_000 + "d"));
    }

    private static long unitMs(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }
}
