package dev.kvorum.local.resources;

import dev.kvorum.local.cel.Rules;
import dev.kvorum.local.schema.Schema;

/** A kind of object that the API serves, in the one version it is served in. */
public record ResourceType(GroupVersion groupVersion, Names names, Scope scope, Shape shape, Features features) {

    /** Whether objects live in a namespace. */
    public enum Scope {
        NAMESPACED,
        CLUSTER
    }

    /** What objects must look like, and the CEL rules among it. */
    public record Shape(Origin origin, Schema schema, Rules rules) {}

    public String group() {
        return groupVersion.group();
    }

    public String plural() {
        return names.plural();
    }

    public String kind() {
        return names.kind();
    }

    public Schema schema() {
        return shape.schema();
    }

    public boolean isNamespaced() {
        return scope == Scope.NAMESPACED;
    }

    public boolean isCustom() {
        return shape.origin() == Origin.CUSTOM;
    }

    public boolean hasStatus() {
        return features.status() == Features.Status.SUBRESOURCE;
    }

    /** The form {@code statefulsets.apps} that error messages use. */
    public String qualifiedName() {
        return group().isEmpty() ? plural() : plural() + "." + group();
    }

    @Override
    public String toString() {
        return qualifiedName();
    }
}
