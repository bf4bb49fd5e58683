package dev.kvorum.crds;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Spells {@code digit(n)}, {@code digits(n)} and {@code number(n)} out in plain CEL, for numbers of up to one, three
 * and five digits.
 *
 * <p>{@code string(n)} would be shorter, but the API server takes its length for unbounded and refuses the whole
 * definition as too costly; of a part of a literal it knows the length.
 */
final class Digits {

    private static final Map<String, Integer> CALLS = Map.of("number(", 5, "digits(", 3, "digit(", 1);

    private Digits() {}

    static String spellOut(String expression) {
        String spelled = expression;
        for (String call : List.of("number(", "digits(", "digit(")) {
            spelled = replaceCalls(spelled, call, n -> inRange(n, CALLS.getOrDefault(call, 1)));
        }
        return spelled;
    }

    private static String inRange(String n, int places) {
        String most = "9".repeat(places);
        return "(" + n + " < 0 ? 'less than 0' : " + n + " > " + most + " ? 'more than " + most + "' : "
                + inPlaces(n, places) + ")";
    }

    private static String inPlaces(String n, int places) {
        StringBuilder all = new StringBuilder();
        for (int place = places - 1; place > 0; place--) {
            int least = (int) Math.pow(10, place);
            all.append("(" + n + " < " + least + " ? '' : " + oneDigit(n + " / " + least + " % 10") + ") + ");
        }
        return all + oneDigit(n + " % 10");
    }

    private static String oneDigit(String n) {
        return "'0123456789'.substring(" + n + ", " + n + " + 1)";
    }

    private static String replaceCalls(String expression, String call, UnaryOperator<String> body) {
        int start = expression.indexOf(call);
        if (start < 0) {
            return expression;
        }
        int open = start + call.length();
        int close = closing(expression, open);
        return expression.substring(0, start)
                + body.apply(expression.substring(open, close))
                + replaceCalls(expression.substring(close + 1), call, body);
    }

    private static int closing(String expression, int from) {
        int depth = 1;
        int at = from;
        while (depth > 0) {
            char c = expression.charAt(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return at - 1;
    }
}
