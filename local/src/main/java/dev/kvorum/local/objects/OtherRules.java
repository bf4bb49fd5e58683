package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.FieldError;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of the kinds that need only a few lines. */
final class OtherRules {

    /** Text in {@code stringData} becomes {@code data}. */
    static final KindRules SECRET = new KindRules() {
        @Override
        public void prepare(ObjectNode secret, @Nullable ObjectNode before) {
            JsonNode texts = secret.remove("stringData");
            if (texts != null) {
                ObjectNode bytes = Json.child(secret, "data");
                texts.properties()
                        .forEach(e -> bytes.put(
                                e.getKey(),
                                Base64.getEncoder()
                                        .encodeToString(e.getValue().asText().getBytes(StandardCharsets.UTF_8))));
            }
        }
    };

    static final KindRules NAMESPACE = new KindRules() {
        @Override
        public void prepare(ObjectNode namespace, @Nullable ObjectNode before) {
            Json.child(namespace, "metadata", "labels").put("kubernetes.io/metadata.name", Meta.name(namespace));
            if (before == null) {
                Json.child(namespace, "spec").putArray("finalizers").add("kubernetes");
                namespace.putObject("status").put("phase", "Active");
            }
        }
    };

    static final KindRules NETWORK_POLICY = new KindRules() {
        @Override
        public void prepare(ObjectNode policy, @Nullable ObjectNode before) {
            ObjectNode spec = Json.child(policy, "spec");
            if (!spec.has("policyTypes")) {
                ArrayNode types = spec.putArray("policyTypes").add("Ingress");
                if (spec.has("egress")) {
                    types.add("Egress");
                }
            }
        }
    };

    static final KindRules STORAGE_CLASS = new KindRules() {
        @Override
        public void prepare(ObjectNode type, @Nullable ObjectNode before) {
            if (!type.has("reclaimPolicy")) {
                type.put("reclaimPolicy", "Delete");
            }
            if (!type.has("volumeBindingMode")) {
                type.put("volumeBindingMode", "Immediate");
            }
        }
    };

    /** Claims: the standard class, and a size that only grows. */
    static final KindRules CLAIM = new KindRules() {
        @Override
        public void prepare(ObjectNode claim, @Nullable ObjectNode before) {
            ObjectNode spec = Json.child(claim, "spec");
            if (!spec.has("storageClassName")) {
                spec.put("storageClassName", "standard");
            }
            if (before == null) {
                claim.putObject("status").put("phase", "Pending");
            }
        }

        @Override
        public List<FieldError> check(ObjectNode claim, @Nullable ObjectNode before) {
            return before == null || size(claim).compareTo(size(before)) >= 0
                    ? List.of()
                    : List.of(FieldError.forbidden(
                            "spec.resources.requests.storage", "field can not be less than previous value"));
        }

        private BigDecimal size(ObjectNode claim) {
            String text = Json.text(claim, "spec", "resources", "requests", "storage");
            return text.isEmpty() ? BigDecimal.ZERO : Quantity.getAmountInBytes(Quantity.parse(text));
        }
    };

    private OtherRules() {}
}
