package dev.kvorum.crds;

import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Spells {@code digit(n)} and {@code digits(n)} out in plain CEL.
 *
 * <p>{@code string(n)} would be shorter, but the API server takes its length for unbounded and refuses the whole
 * definition as too costly; of a choice between literals it knows the length.
 */
final class Digits {

    private Digits() {}

    static String spellOut(String expression) {
        return replaceCalls(replaceCalls(expression, "digits(", Digits::threeDigits), "digit(", Digits::oneDigit);
    }

    private static String threeDigits(String n) {
        return "(" + n + " < 100 ? '' : " + oneDigit(n + " / 100") + ") + (" + n + " < 10 ? '' : "
                + oneDigit(n + " / 10 % 10") + ") + " + oneDigit(n + " % 10");
    }

    private static String oneDigit(String n) {
        return IntStream.rangeClosed(0, 9)
                .mapToObj(digit -> n + " == " + digit + " ? '" + digit + "' : ")
                .collect(Collectors.joining("", "(", "'more than 9')"));
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
