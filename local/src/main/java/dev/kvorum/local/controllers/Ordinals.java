package dev.kvorum.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.objects.Meta;

/** The numbers in the names of a StatefulSet's pods. */
final class Ordinals {

    private Ordinals() {}

    static String podName(JsonNode set, int ordinal) {
        return Meta.name(set) + "-" + ordinal;
    }

    /** The ordinal of a pod that has a name of the set, else -1. */
    static int of(JsonNode set, JsonNode pod) {
        String prefix = Meta.name(set) + "-";
        String name = Meta.name(pod);
        String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return rest.matches("0|[1-9]\\d{0,6}") ? Integer.parseInt(rest) : -1;
    }
}
