package dev.kvorum.server.http;

import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.ring.Level;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.web.Query;
import dev.kvorum.server.web.Refused;
import org.jspecify.annotations.Nullable;

/** What the parameters of a data request ask for beyond the bucket's settings. */
record KeyQuery(Levels levels, int timeoutMs) {

    private static final int TIMEOUT_MOST_MS = 600_000;

    static KeyQuery of(Query query, Founded founded, Founded.Bucket bucket, int defaultTimeoutMs) {
        Levels defaults = bucket.levels();
        int factor = founded.ring().factor();
        int read = level(query, "r", factor, defaults.read());
        int write = level(query, "w", factor, defaults.write());
        Durability durability = durability(query.text("durability"), defaults.durability());
        int zones = zones(query.text("zones"), factor, defaults.zones());
        String timeout = query.text("timeout");
        int timeoutMs = timeout == null
                ? defaultTimeoutMs
                : (int) Duration.parseMs(timeout, "parameter timeout", TIMEOUT_MOST_MS);
        if (query.text("explain") != null) {
            throw Refused.badRequest("parameter explain is not supported in this release");
        }
        query.end("use r, w, durability, zones or timeout");
        return new KeyQuery(new Levels(read, write, durability, zones), timeoutMs);
    }

    private static int level(Query query, String name, int factor, int otherwise) {
        String text = query.text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int level = Level.parse(text).of(factor);
            if (level <= factor) {
                return level;
            }
        } catch (IllegalArgumentException unknownWord) {
            // The sentence below says what is allowed, for this case as for a number that is too high.
        }
        throw Refused.badRequest(
                "parameter " + name + " is \"" + text + "\"; use one, quorum, all or a number from 1 to " + factor);
    }

    private static Durability durability(@Nullable String text, Durability otherwise) {
        return switch (text) {
            case null -> otherwise;
            case "os" -> Durability.OS;
            case "fsync" -> Durability.FSYNC;
            default -> throw Refused.badRequest("parameter durability is \"" + text + "\"; use os or fsync");
        };
    }

    private static int zones(@Nullable String text, int factor, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= factor) {
            return Integer.parseInt(text);
        }
        throw Refused.badRequest("parameter zones is \"" + text + "\"; use a number from 1 to " + factor);
    }
}
