package dev.kvorum.operator.plan;

import io.fabric8.kubernetes.api.model.IntOrString;

/** R and W as numbers of replicas. */
final class Level {

    private Level() {}

    /** {@code level} is a word or a number, as in specs and documents. */
    static int replicas(Object level, int factor) {
        return switch (level) {
            case IntOrString either -> replicas(either.getValue(), factor);
            case Number number -> number.intValue();
            case String word when word.equals("one") -> 1;
            case String word when word.equals("quorum") -> factor / 2 + 1;
            case String word when word.equals("all") -> factor;
            default -> Integer.parseInt(String.valueOf(level));
        };
    }

    /** As documents spell it: a word, or a number. */
    static Object inDocument(IntOrString level) {
        return level.getValue();
    }
}
