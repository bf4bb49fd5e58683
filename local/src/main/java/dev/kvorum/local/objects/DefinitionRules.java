package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.cel.InvalidRuleException;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.resources.ResourceTypes;
import dev.kvorum.local.schema.FieldError;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** CustomResourceDefinitions: each must be one that could be served. */
record DefinitionRules(ResourceTypes types) implements KindRules {

    @Override
    public void prepare(ObjectNode definition, @Nullable ObjectNode before) {
        ObjectNode names = Json.child(definition, "spec", "names");
        String kind = Json.text(names, "kind");
        if (!names.has("listKind")) {
            names.put("listKind", kind + "List");
        }
        if (!names.has("singular")) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        Json.child(definition, "spec", "conversion").put("strategy", "None");
    }

    @Override
    public List<FieldError> check(ObjectNode definition, @Nullable ObjectNode before) {
        try {
            types.tryDefine(definition);
            return List.of();
        } catch (InvalidRuleException | IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return List.of(FieldError.invalid("spec.validation", definition.path("spec"), message));
        }
    }
}
