package dev.kvorum.core.ring;

/** The one form of a refusal: which field, which value, and what to write instead. */
final class Checks {

    private Checks() {}

    static void require(boolean holds, String field, Object value, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(field + " is " + shown(value) + "; " + remedy);
        }
    }

    /** A name short enough for a Kubernetes label, and for several of them to fit into one datagram. */
    static void requireLabel(String field, String value) {
        requireName(field, value);
        require(value.length() <= 63, field, value, "use 1 to 63 printable ASCII characters without spaces");
    }

    static void requireName(String field, String value) {
        boolean plain =
                !value.isEmpty() && value.length() <= 253 && value.chars().allMatch(c -> c > ' ' && c < 127);
        require(plain, field, value, "use 1 to 253 printable ASCII characters without spaces");
    }

    static void requireRange(String field, long value, long least, long most) {
        require(value >= least && value <= most, field, value, "use " + least + " to " + most);
    }

    private static String shown(Object value) {
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }
}
