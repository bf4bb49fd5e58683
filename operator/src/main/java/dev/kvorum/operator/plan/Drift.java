package dev.kvorum.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.operator.desired.Stamp;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a live object differs from the desired one: the stamped hash, or any field that desired sets. What others add
 * — the API server's defaults, a field or a keyed list item of another writer — is not ours to judge, except where
 * the server takes map or list as one value ({@link MergeRule}): there an addition is a change of ours.
 */
final class Drift {

    private Drift() {}

    /** The first difference, as a path; empty if there is none. */
    static Optional<String> between(HasMetadata desired, HasMetadata live) {
        return fields("", Stamp.json(desired), Stamp.json(live));
    }

    private static Optional<String> fields(String path, JsonNode desired, JsonNode live) {
        return desired.properties().stream()
                .flatMap(field -> field(path, field.getKey(), field.getValue(), live.path(field.getKey())).stream())
                .findFirst();
    }

    private static Optional<String> field(String path, String name, JsonNode desired, JsonNode live) {
        String below = below(path, name);
        return switch (MergeRule.of(name, desired)) {
            case FIELDS -> fields(below, desired, live);
            case ITEMS -> items(below, name, desired, live);
            case WHOLE -> whole(below, desired, live);
        };
    }

    private static Optional<String> items(String path, String list, JsonNode desired, JsonNode live) {
        return desired.valueStream()
                .flatMap(item -> {
                    String key = MergeRule.key(list, item);
                    String below = path + "[" + item.path("name").asText(key) + "]";
                    return live
                            .valueStream()
                            .filter(other -> MergeRule.key(list, other).equals(key))
                            .findFirst()
                            .map(same -> fields(below, item, same))
                            .orElseGet(() -> Optional.of(below))
                            .stream();
                })
                .findFirst();
    }

    private static Optional<String> whole(String path, JsonNode desired, JsonNode live) {
        if (desired.isObject()) {
            return Stream.concat(
                            desired.properties().stream()
                                    .flatMap(
                                            field -> whole(
                                                    below(path, field.getKey()),
                                                    field.getValue(),
                                                    live.path(field.getKey()))
                                                    .stream()),
                            added(path, desired, live))
                    .findFirst();
        }
        if (desired.isArray()) {
            return desired.size() == live.size() ? itemByItem(path, desired, live) : Optional.of(path);
        }
        return sameScalar(path, desired, live) ? Optional.empty() : Optional.of(path);
    }

    private static Optional<String> itemByItem(String path, JsonNode desired, JsonNode live) {
        return IntStream.range(0, desired.size())
                .boxed()
                .flatMap(i -> whole(path + "[" + i + "]", desired.get(i), live.get(i)).stream())
                .findFirst();
    }

    /** Fields that are there without being desired; an empty one says nothing. */
    private static Stream<String> added(String path, JsonNode desired, JsonNode live) {
        return live.properties().stream()
                .filter(field -> !desired.has(field.getKey()))
                .filter(field -> field.getValue().isValueNode()
                        ? !field.getValue().isNull()
                        : !field.getValue().isEmpty())
                .map(field -> below(path, field.getKey()));
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
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
