package dev.kvorum.local.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * Asks an API server at a plain HTTP address about cases. Creations and changes are dry runs; only what is to be
 * changed is made, in a namespace of its own, and removed again. Blocks.
 */
final class Conversation {

    private static final String NAMESPACE = "kvorum-corpus";
    private static final String ALL = "/apis/kvorum.dev/v1alpha1/namespaces/" + NAMESPACE + "/kvclusters";
    private static final String TRIED = "?dryRun=All&fieldValidation=Strict";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    /** What was answered. */
    private record Answer(int code, JsonNode body) {

        List<String> complaints() {
            if (code < 300) {
                return List.of();
            }
            List<String> causes = StreamSupport.stream(
                            Json.at(body, "details", "causes").spliterator(), false)
                    .map(cause -> Json.text(cause, "field") + ": " + Json.text(cause, "message"))
                    .sorted()
                    .toList();
            return causes.isEmpty() ? List.of(Json.text(body, "message")) : causes;
        }
    }

    Conversation(String url) {
        this.url = url;
        ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
        Json.child(namespace, "metadata").put("name", NAMESPACE);
        Answer made = ask("POST", "/api/v1/namespaces", namespace);
        if (made.code() >= 300 && made.code() != 409) {
            throw new AssertionError("no namespace: " + made);
        }
    }

    /** What the server complains of, sorted; nothing when it accepts. */
    List<String> answerTo(Case asked) {
        ObjectNode after = asked.after();
        if (after == null) {
            return ask("POST", ALL + TRIED, asked.before()).complaints();
        }
        String one = ALL + "/" + Json.text(asked.before(), "metadata", "name");
        try {
            Json.child(after, "metadata").put("resourceVersion", made(asked.before(), one));
            return ask("PUT", one + TRIED, after).complaints();
        } finally {
            ask("DELETE", one, Json.object());
        }
    }

    /** The object as the server would store it. */
    JsonNode asWouldBeCreated(Case asked) {
        Answer answer = ask("POST", ALL + TRIED, asked.before());
        assertThat(answer.code()).as("%s", answer).isEqualTo(201);
        return answer.body();
    }

    /** All clusters, as {@code kubectl get} asks for them. */
    JsonNode table() {
        return ask("GET", ALL, Json.object(), "application/json;as=Table;v=v1;g=meta.k8s.io")
                .body();
    }

    /** Asks the cluster demo for another size, through the door that is for that, as a trial. */
    JsonNode scale(int replicas) {
        ObjectNode scale = Json.object().put("apiVersion", "autoscaling/v1").put("kind", "Scale");
        Json.child(scale, "metadata").put("name", "demo").put("namespace", NAMESPACE);
        Json.child(scale, "spec").put("replicas", replicas);
        return ask("PUT", ALL + "/demo/scale?dryRun=All", scale).body();
    }

    /** Makes the object of a case for as long as something else is asked. */
    void whileThere(Case asked, Consumer<Conversation> questions) {
        String one = ALL + "/" + Json.text(asked.before(), "metadata", "name");
        try {
            made(asked.before(), one);
            questions.accept(this);
        } finally {
            ask("DELETE", one, Json.object());
        }
    }

    /** Makes an object with its status; answers its resource version. */
    private String made(ObjectNode before, String one) {
        Answer made = ask("POST", ALL, before);
        if (made.code() < 300 && before.has("status")) {
            ObjectNode withStatus = (ObjectNode) made.body();
            withStatus.set("status", before.path("status"));
            made = ask("PUT", one + "/status", withStatus);
        }
        if (made.code() >= 300) {
            throw new AssertionError("the object before the change is refused: " + made);
        }
        return Json.text(made.body(), "metadata", "resourceVersion");
    }

    private Answer ask(String method, String path, ObjectNode body) {
        return ask(method, path, body, "application/json");
    }

    private Answer ask(String method, String path, ObjectNode body, String accept) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .method(method, BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), Json.parse(answer.body()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(method + " " + path + " is answered by what is not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
