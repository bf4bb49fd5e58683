package dev.kvorum.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kvorum.operator.desired.Stamp;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/**
 * Where a live object differs from the desired one: the stamped hash, or any field that desired sets. What others
 * add — the
 * API server's defaults, a field or a named list item of another writer — is not ours to judge.
 */
final class Drift {

    private Drift() {}

    /** The first difference, as a path; empty if there is none. */
    static Optional<String> between(HasMetadata desired, HasMetadata live) {
        return differs("", Stamp.json(desired), Stamp.json(live));
    }

    private static Optional<String> differs(String path, JsonNode desired, JsonNode live) {
        if (desired.isObject()) {
            return desired.properties().stream()
                    .flatMap(field -> differs(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                            field.getValue(),
                            live.path(field.getKey()))
                            .stream())
                    .findFirst();
        }
        if (desired.isArray()) {
            return desired.path(0).has("name") ? namedItems(path, desired, live) : items(path, desired, live);
        }
        return sameScalar(path, desired, live) ? Optional.empty() : Optional.of(path);
    }

    private static Optional<String> namedItems(String path, JsonNode desired, JsonNode live) {
        return desired.valueStream()
                .flatMap(item -> {
                    String name = item.get("name").asText();
                    JsonNode same = live.valueStream()
                            .filter(other -> other.path("name").asText().equals(name))
                            .findFirst()
                            .orElse(MissingNode.getInstance());
                    return differs(path + "[" + name + "]", item, same).stream();
                })
                .findFirst();
    }

    private static Optional<String> items(String path, JsonNode desired, JsonNode live) {
        if (desired.size() != live.size()) {
            return Optional.of(path);
        }
        for (int i = 0; i < desired.size(); i++) {
            Optional<String> difference = differs(path + "[" + i + "]", desired.get(i), live.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static boolean sameScalar(String path, JsonNode desired, JsonNode live) {
        if (desired.asText().equals(live.asText()) && !live.isMissingNode()) {
            return true;
        }
        return path.matches(".*\\.(requests|limits)\\.[^.]+") && sameQuantity(desired.asText(), live.asText());
    }

    private static boolean sameQuantity(String desired, String live) {
        try {
            return Quantity.getAmountInBytes(new Quantity(desired))
                            .compareTo(Quantity.getAmountInBytes(new Quantity(live)))
                    == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
