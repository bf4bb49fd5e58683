package dev.kvorum.local.resources;

import java.util.List;

/** What a resource type is called. */
public record Names(String plural, String singular, String kind, List<String> shortNames, List<String> categories) {

    /** A built-in type whose plural and singular follow from its kind. */
    static Names of(String kind, String... shortNames) {
        String singular = kind.toLowerCase(java.util.Locale.ROOT);
        String plural = singular.endsWith("s") || singular.endsWith("ss")
                ? singular + (singular.endsWith("ss") ? "es" : "")
                : singular.endsWith("y") ? singular.substring(0, singular.length() - 1) + "ies" : singular + "s";
        return new Names(plural, singular, kind, List.of(shortNames), List.of());
    }

    Names in(String category) {
        return new Names(plural, singular, kind, shortNames, List.of(category));
    }
}
