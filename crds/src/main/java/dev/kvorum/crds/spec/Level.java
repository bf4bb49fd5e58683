package dev.kvorum.crds.spec;

/** What {@code read} and {@code write} may say, wherever they stand. */
final class Level {

    // A map, because the API server counts a look-up as one step, and a comparison as the longest possible string.
    static final String RULE =
            "type(self) == int ? int(self) >= 1 && int(self) <= 7 : self in {'one': 0, 'quorum': 0, 'all': 0}";
    static final String REMEDY =
            " is ' + (type(self) == int ? digit(int(self)) : self) + '; use one, quorum, all or a number from 1 to the"
                    + " factor'";

    private Level() {}
}
