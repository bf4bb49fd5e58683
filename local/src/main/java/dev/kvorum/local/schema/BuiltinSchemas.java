package dev.kvorum.local.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.runtime.RawExtension;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The schemas of the built-in kinds, derived from the fields of the Fabric8 model classes. What the classes do not say
 * (how lists merge, defaults, required fields) comes from {@link BuiltinFacts}.
 */
public final class BuiltinSchemas {

    private static final Set<Class<?>> TEXT = Set.of(String.class, MicroTime.class, ZonedDateTime.class);

    private static final Set<Class<?>> FREE_FORM = Set.of(
            Object.class,
            AnyType.class,
            RawExtension.class,
            FieldsV1.class,
            JsonNode.class,
            KubernetesResource.class,
            JSONSchemaProps.class);

    private final SortedMap<String, ObjectNode> definitions = new TreeMap<>();

    /** The schema of a model class; those it refers to are defined along with it. */
    public Schema of(Class<?> model) {
        return Schema.of(reference(model), definitions());
    }

    public Schema objectMeta() {
        return of(ObjectMeta.class);
    }

    /** Every definition made so far by its name, as OpenAPI lists them. */
    public Map<String, ObjectNode> definitions() {
        return Collections.unmodifiableMap(definitions);
    }

    /** The name under which a model class is defined. */
    public static String nameOf(Class<?> model) {
        return model.getName().replace("io.fabric8.kubernetes.api.", "").replace('$', '.');
    }

    private ObjectNode reference(Class<?> model) {
        define(model);
        return Json.object().put("$ref", Schema.REFERENCE + nameOf(model));
    }

    private void define(Class<?> model) {
        if (definitions.containsKey(nameOf(model))) {
            return;
        }
        ObjectNode form = Json.object().put("type", "object");
        definitions.put(nameOf(model), form);
        ObjectNode properties = form.putObject("properties");
        for (Field field : model.getDeclaredFields()) {
            if (isWritten(field)) {
                ObjectNode property = formOf(field.getGenericType());
                properties.set(nameOf(field), property);
                BuiltinFacts.describe(model, nameOf(field), property);
            }
        }
        BuiltinFacts.require(model, form);
        if (properties.isEmpty()) {
            form.put("x-kubernetes-preserve-unknown-fields", true);
        }
    }

    private ObjectNode formOf(Type type) {
        ObjectNode form = Json.object();
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (Map.class.isAssignableFrom(raw)) {
                form.put("type", "object").set("additionalProperties", formOf(last));
            } else if (List.class.isAssignableFrom(raw)) {
                form.put("type", "array").set("items", formOf(last));
            } else {
                form.put("x-kubernetes-preserve-unknown-fields", true);
            }
            return form;
        }
        return type instanceof Class<?> model
                ? formOfClass(model, form)
                : form.put("x-kubernetes-preserve-unknown-fields", true);
    }

    private ObjectNode formOfClass(Class<?> model, ObjectNode form) {
        if (TEXT.contains(model) || model.isEnum()) {
            return form.put("type", "string");
        } else if (model == Integer.class || model == int.class || model == Long.class || model == long.class) {
            return form.put("type", "integer");
        } else if (model == Boolean.class || model == boolean.class) {
            return form.put("type", "boolean");
        } else if (model == Double.class || model == Float.class) {
            return form.put("type", "number");
        } else if (model == IntOrString.class || model == Quantity.class) {
            return form.put("x-kubernetes-int-or-string", true);
        } else if (FREE_FORM.contains(model) || model.isInterface()) {
            return form.put("x-kubernetes-preserve-unknown-fields", true);
        }
        return reference(model);
    }

    private static boolean isWritten(Field field) {
        return !Modifier.isStatic(field.getModifiers())
                && !field.isAnnotationPresent(JsonIgnore.class)
                && !field.getName().equals("additionalProperties");
    }

    private static String nameOf(Field field) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        return property == null || property.value().isEmpty() ? field.getName() : property.value();
    }
}
