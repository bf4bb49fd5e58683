package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a deletion is meant.
 *
 * @param graceSeconds for pods; null takes the pod's own
 * @param propagation what becomes of what the object owns
 * @param uid the object must have this uid; null accepts any
 * @param resourceVersion the object must be at this version; null accepts any
 * @param effect whether it is only tried
 */
public record DeleteOptions(
        @Nullable Integer graceSeconds,
        Propagation propagation,
        @Nullable String uid,
        @Nullable String resourceVersion,
        WriteOptions.Effect effect) {

    /** The values of {@code propagationPolicy}. */
    public enum Propagation {
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    /** A plain deletion by a part of this program. */
    public static DeleteOptions plain() {
        return new DeleteOptions(null, Propagation.BACKGROUND, null, null, WriteOptions.Effect.STORED);
    }

    /** Takes the object away now, if it is still the one with this uid. */
    public static DeleteOptions now(String uid) {
        return new DeleteOptions(0, Propagation.BACKGROUND, uid, null, WriteOptions.Effect.STORED);
    }

    /** Reads the {@code DeleteOptions} that a client sent. */
    public static DeleteOptions of(JsonNode body) {
        JsonNode grace = body.path("gracePeriodSeconds");
        return new DeleteOptions(
                grace.isNumber() ? Integer.valueOf(grace.asInt()) : null,
                propagation(Json.text(body, "propagationPolicy"), body.path("orphanDependents")),
                Json.textOrNull(body, "preconditions", "uid"),
                Json.textOrNull(body, "preconditions", "resourceVersion"),
                body.path("dryRun").isEmpty() ? WriteOptions.Effect.STORED : WriteOptions.Effect.DRY_RUN);
    }

    private static Propagation propagation(String policy, JsonNode orphanDependents) {
        return switch (policy) {
            case "Foreground" -> Propagation.FOREGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            case "Background" -> Propagation.BACKGROUND;
            case "" -> orphanDependents.asBoolean() ? Propagation.ORPHAN : Propagation.BACKGROUND;
            default ->
                throw ApiProblem.badRequest(
                        "propagationPolicy: " + policy + " is none of Foreground, Background, Orphan");
        };
    }
}
