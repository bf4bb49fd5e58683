package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.schema.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a schema cannot say about a built-in kind: defaults that follow from other fields, and rules between fields. */
interface KindRules {

    KindRules NONE = new KindRules() {};

    /** Fills in what follows from the rest; changes the new object in place. */
    default void prepare(ObjectNode object, @Nullable ObjectNode before) {}

    /** The complaints about an object that is to replace another, or is new when that is null. */
    default List<FieldError> check(ObjectNode object, @Nullable ObjectNode before) {
        return List.of();
    }
}
