package dev.kvorum.benchmarks;

import java.util.Locale;

/** What the load does. */
enum Operation {
    PUT,
    GET,
    /** Half of each, drawn at random. */
    MIXED;

    static Operation parse(String word) {
        return switch (word) {
            case "put" -> PUT;
            case "get" -> GET;
            case "mixed" -> MIXED;
            default -> throw new IllegalArgumentException("--ops takes get, put and mixed, not \"" + word + '"');
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
