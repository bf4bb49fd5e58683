package dev.kvorum.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The hash of a desired object, written on the object itself: another hash means that it is to be applied again. */
public final class Stamp {

    public static final String ANNOTATION = "kvorum.dev/desired-hash";

    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final int HEX_DIGITS = 16;

    private Stamp() {}

    /** Puts its hash on the object. */
    static <T extends HasMetadata> T on(T object) {
        Map<String, String> annotations = new LinkedHashMap<>(
                Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of()));
        annotations.put(ANNOTATION, hash(object));
        object.getMetadata().setAnnotations(annotations);
        return object;
    }

    public static JsonNode json(HasMetadata object) {
        return JSON.convertValue(object, JsonNode.class);
    }

    private static String hash(HasMetadata object) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(sorted(json(object)).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Equal content, equal text: maps come in no particular order. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var fields = new TreeMap<String, JsonNode>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return JsonNodeFactory.instance.objectNode().setAll(fields);
        }
        if (node instanceof ArrayNode list) {
            ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> sorted.add(sorted(item)));
            return sorted;
        }
        return node;
    }
}
