package dev.kvorum.local.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.schema.BuiltinSchemas;
import dev.kvorum.local.schema.Schema;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/** The types served now. Readable from any thread; definitions come and go under the lock of the objects. */
public final class ResourceTypes {

    private final BuiltinSchemas schemas = new BuiltinSchemas();
    private final Schema objectMeta = schemas.objectMeta();
    private final SortedMap<String, ResourceType> byName = new ConcurrentSkipListMap<>();

    public ResourceTypes() {
        BuiltinTypes.all(schemas).forEach(type -> byName.put(type.qualifiedName(), type));
    }

    /**
     * Serves what a CustomResourceDefinition defines, instead of what it defined before.
     *
     * @throws dev.kvorum.local.cel.InvalidRuleException when a validation rule does not compile
     */
    public void define(ObjectNode definition) {
        ResourceType type = CustomTypes.of(definition);
        byName.put(type.qualifiedName(), type);
    }

    /** Checks that a definition could be served, without serving it. */
    public void tryDefine(ObjectNode definition) {
        CustomTypes.of(definition);
    }

    /** Serves the type of this name, {@code plural.group}, no more. */
    public void remove(String qualifiedName) {
        byName.remove(qualifiedName);
    }

    public Collection<ResourceType> all() {
        return List.copyOf(byName.values());
    }

    public NavigableSet<GroupVersion> groupVersions() {
        NavigableSet<GroupVersion> versions = new TreeSet<>();
        byName.values().forEach(type -> versions.add(type.groupVersion()));
        return versions;
    }

    public List<ResourceType> in(GroupVersion version) {
        return byName.values().stream()
                .filter(type -> type.groupVersion().equals(version))
                .toList();
    }

    public Optional<ResourceType> find(GroupVersion version, String plural) {
        return in(version).stream().filter(type -> type.plural().equals(plural)).findFirst();
    }

    public Optional<ResourceType> findKind(String apiVersion, String kind) {
        GroupVersion version = GroupVersion.parse(apiVersion);
        return in(version).stream().filter(type -> type.kind().equals(kind)).findFirst();
    }

    /** The type of a qualified name that is known to be served, such as a built-in one. */
    public ResourceType get(String qualifiedName) {
        ResourceType type = byName.get(qualifiedName);
        if (type == null) {
            throw new IllegalArgumentException(qualifiedName + " is not served");
        }
        return type;
    }

    public Optional<ResourceType> find(String qualifiedName) {
        return Optional.ofNullable(byName.get(qualifiedName));
    }

    public Schema objectMeta() {
        return objectMeta;
    }

    public BuiltinSchemas schemas() {
        return schemas;
    }
}
