package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.store.Change;
import dev.kvorum.local.store.ExpiredException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One watch: a line of JSON for each change of the selected objects, from a revision on; without one, first all that
 * are there. Ends after the time that the client asked for, else after half an hour.
 */
final class Watch implements Reply.Writing {

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration BETWEEN_BOOKMARKS = Duration.ofSeconds(15);

    private final Objects objects;
    private final ResourceType type;
    private final View view;
    private final Predicate<JsonNode> selected;
    private final Request request;

    Watch(Objects objects, ResourceType type, Predicate<JsonNode> selected, Request request) {
        this.objects = objects;
        this.type = type;
        this.view = View.of(request);
        this.selected = selected;
        this.request = request;
        if (request.has("sendInitialEvents")) {
            throw ApiProblem.of(
                    422, "Invalid", "sendInitialEvents: Forbidden: the local stand-in has no streaming lists");
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, InterruptedException {
        long revision = start(out);
        Instant end = objects.clock().instant().plus(timeout());
        try {
            while (revision >= 0 && objects.clock().instant().isBefore(end)) {
                Duration left = Duration.between(objects.clock().instant(), end);
                Duration pause = left.compareTo(BETWEEN_BOOKMARKS) < 0 ? left : BETWEEN_BOOKMARKS;
                List<Change> changes = objects.store().changesAfter(revision, pause);
                for (Change change : changes) {
                    write(change, out);
                }
                if (changes.isEmpty() && request.has("allowWatchBookmarks")) {
                    write(event("BOOKMARK", bookmark(revision)), out);
                }
                revision = changes.isEmpty() ? revision : changes.getLast().revision();
                out.flush();
            }
        } catch (ExpiredException e) {
            writeExpired(String.valueOf(e.getMessage()), out);
        }
    }

    /** The revision to go on from; below 0 when the watch is over at once. */
    private long start(OutputStream out) throws IOException {
        String from = request.parameter("resourceVersion");
        if (!from.isEmpty() && !from.equals("0")) {
            long asked = Long.parseLong(from);
            if (asked > objects.store().revision()) {
                writeExpired("too large resource version: " + asked, out);
                return -1;
            }
            return asked;
        }
        List<ObjectNode> present = new ArrayList<>();
        long revision = objects.store().exclusively(() -> {
            present.addAll(objects.store().list(type.qualifiedName(), ""));
            return objects.store().revision();
        });
        for (ObjectNode object : present) {
            if (selected.test(object)) {
                write(event("ADDED", object), out);
            }
        }
        out.flush();
        return revision;
    }

    private Duration timeout() {
        String asked = request.parameter("timeoutSeconds");
        return asked.isEmpty() ? LONGEST : Duration.ofSeconds(Long.parseLong(asked));
    }

    private void write(Change change, OutputStream out) throws IOException {
        if (change.key().resource().equals(type.qualifiedName())) {
            Optional<String> word = word(change);
            if (word.isPresent()) {
                write(event(word.get(), change.object()), out);
            }
        }
    }

    /** An object that starts or ceases to match the selector is added or deleted for this watch. */
    private Optional<String> word(Change change) {
        boolean matches = selected.test(change.object());
        ObjectNode previous = change.previous();
        boolean matched = previous != null && selected.test(previous);
        return switch (change.kind()) {
            case DELETED -> matched ? Optional.of("DELETED") : Optional.empty();
            case ADDED, MODIFIED -> {
                if (matches) {
                    yield Optional.of(matched ? "MODIFIED" : "ADDED");
                }
                yield matched ? Optional.of("DELETED") : Optional.empty();
            }
        };
    }

    private ObjectNode event(String word, ObjectNode object) {
        boolean isBookmark = word.equals("BOOKMARK");
        ObjectNode event = Json.object().put("type", word);
        event.set(
                "object",
                isBookmark ? object : view.item(type, object, objects.clock().instant()));
        return event;
    }

    private ObjectNode bookmark(long revision) {
        ObjectNode object = Json.object()
                .put("kind", type.kind())
                .put("apiVersion", type.groupVersion().toString());
        object.putObject("metadata").put("resourceVersion", Long.toString(revision));
        return object;
    }

    private static void writeExpired(String message, OutputStream out) throws IOException {
        ObjectNode event = Json.object().put("type", "ERROR");
        event.set("object", ApiProblem.expired(message).toStatus());
        write(event, out);
        out.flush();
    }

    private static void write(ObjectNode event, OutputStream out) throws IOException {
        out.write(Json.line(event));
    }
}
