package dev.kvorum.server.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, each taken by name; {@link #end} refuses what nobody took. */
public final class Query {

    private static final Query NONE = new Query(Map.of());

    private final Map<String, byte[]> left;

    private Query(Map<String, byte[]> parameters) {
        this.left = parameters;
    }

    /** Reads the part of a URI after the question mark; null when there is none. */
    public static Query of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return NONE;
        }
        Map<String, byte[]> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String rawName = equals < 0 ? pair : pair.substring(0, equals);
            String name = new String(Percent.parameter(rawName, "the query"), StandardCharsets.UTF_8);
            byte[] value =
                    equals < 0 ? new byte[0] : Percent.parameter(pair.substring(equals + 1), "parameter " + name);
            if (parameters.put(name, value) != null) {
                throw Refused.badRequest("parameter " + name + " is given twice");
            }
        }
        return new Query(parameters);
    }

    public byte @Nullable [] bytes(String name) {
        return left.isEmpty() ? null : left.remove(name);
    }

    public @Nullable String text(String name) {
        byte[] value = bytes(name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /**
     * Refuses parameters that are not known.
     *
     * @param known what the refusal says instead, such as {@code use r or w}
     */
    public void end(String known) {
        if (!left.isEmpty()) {
            throw Refused.badRequest("parameter " + left.keySet().iterator().next() + " is unknown; " + known);
        }
    }

    /** Refuses any parameter. */
    public void end() {
        end("there is none here");
    }
}
