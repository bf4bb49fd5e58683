package dev.kvorum.core.ring;

/**
 * How many replicas a read or a write waits for: a number, or one of three words that follow the factor N.
 *
 * @param number the count when {@code kind} is {@link Kind#NUMBER}, else 0
 */
public record Level(Kind kind, int number) {

    /** What the count depends on. */
    public enum Kind {
        ONE,
        QUORUM,
        ALL,
        NUMBER
    }

    public static final Level ONE = new Level(Kind.ONE, 0);
    public static final Level QUORUM = new Level(Kind.QUORUM, 0);
    public static final Level ALL = new Level(Kind.ALL, 0);

    public Level {
        if (kind == Kind.NUMBER) {
            Checks.requireRange("level", number, 1, Bootstrap.MOST_REPLICAS);
        } else {
            Checks.require(number == 0, "number of level " + kind, number, "use 0, the factor decides");
        }
    }

    public static Level exactly(int replicas) {
        return new Level(Kind.NUMBER, replicas);
    }

    /**
     * Reads {@code one}, {@code quorum}, {@code all} or a number.
     *
     * @throws IllegalArgumentException naming the text when it is anything else
     */
    public static Level parse(String text) {
        return switch (text) {
            case "one" -> ONE;
            case "quorum" -> QUORUM;
            case "all" -> ALL;
            default -> {
                Checks.require(text.matches("[1-9][0-9]?"), "level", text, "use one, quorum, all or a number");
                yield exactly(Integer.parseInt(text));
            }
        };
    }

    /** The count of replicas when there are {@code factor} of each shard; a number above the factor stays as it is. */
    public int of(int factor) {
        return switch (kind) {
            case ONE -> 1;
            case QUORUM -> factor / 2 + 1;
            case ALL -> factor;
            case NUMBER -> number;
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case ONE -> "one";
            case QUORUM -> "quorum";
            case ALL -> "all";
            case NUMBER -> Integer.toString(number);
        };
    }
}
