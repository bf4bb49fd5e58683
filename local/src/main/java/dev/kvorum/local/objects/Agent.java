package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Objects.Edit;
import dev.kvorum.local.objects.WriteOptions.Door;
import dev.kvorum.local.resources.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The objects as seen by one part of this program, which writes under its own name. Resources are named by their
 * qualified plural; one that is not defined (yet) has no objects.
 *
 * @param objects all of them
 * @param name the field manager, and the source of events
 */
public record Agent(Objects objects, String name) {

    public List<ObjectNode> list(String resource) {
        return objects.store().list(resource, "");
    }

    public List<ObjectNode> list(String resource, String namespace) {
        return objects.store().list(resource, namespace);
    }

    public Optional<ObjectNode> find(String resource, String namespace, String name) {
        return objects.types().find(resource).flatMap(type -> objects.find(type, namespace, name));
    }

    public ObjectNode create(String resource, ObjectNode object) {
        return objects.create(type(resource), Meta.namespace(object), object, WriteOptions.by(name))
                .object();
    }

    /** Changes all but the status. */
    public void edit(String resource, ObjectNode object, Edit edit) {
        objects.update(type(resource), Meta.namespace(object), Meta.name(object), WriteOptions.by(name), edit);
    }

    public void editStatus(String resource, ObjectNode object, Edit edit) {
        WriteOptions options = WriteOptions.by(name).through(Door.STATUS);
        objects.update(type(resource), Meta.namespace(object), Meta.name(object), options, edit);
    }

    public void delete(String resource, ObjectNode object, DeleteOptions options) {
        objects.delete(type(resource), Meta.namespace(object), Meta.name(object), options);
    }

    public Instant now() {
        return objects.clock().instant();
    }

    /** Something went as it should. */
    public void reportNormal(JsonNode about, String reason, String message) {
        report(about, "Normal", reason, message);
    }

    /** Something a person should look at. */
    public void reportWarning(JsonNode about, String reason, String message) {
        report(about, "Warning", reason, message);
    }

    /** The same event again only counts up. */
    private void report(JsonNode about, String type, String reason, String message) {
        String namespace = Meta.namespace(about).isEmpty() ? "default" : Meta.namespace(about);
        int identity = (Meta.uid(about) + reason + message).hashCode();
        String eventName = Meta.name(about) + "." + Integer.toHexString(identity);
        String time = Meta.time(now());
        Optional<ObjectNode> earlier = find("events", namespace, eventName);
        if (earlier.isPresent()) {
            edit("events", earlier.get(), event -> {
                event.put("count", event.path("count").asInt() + 1).put("lastTimestamp", time);
                return event;
            });
            return;
        }
        ObjectNode event = Json.object();
        event.putObject("metadata").put("name", eventName).put("namespace", namespace);
        event.set("involvedObject", reference(about));
        event.put("type", type).put("reason", reason).put("message", message);
        event.put("firstTimestamp", time).put("lastTimestamp", time).put("count", 1);
        event.putObject("source").put("component", name);
        event.put("reportingComponent", name).put("reportingInstance", "");
        create("events", event);
    }

    private static ObjectNode reference(JsonNode about) {
        return Json.object()
                .put("apiVersion", Json.text(about, "apiVersion"))
                .put("kind", Json.text(about, "kind"))
                .put("namespace", Meta.namespace(about))
                .put("name", Meta.name(about))
                .put("uid", Meta.uid(about));
    }

    private ResourceType type(String resource) {
        return objects.types().get(resource);
    }
}
