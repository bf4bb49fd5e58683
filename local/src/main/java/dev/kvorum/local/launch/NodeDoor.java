package dev.kvorum.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Conditions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** The admin doors of the local cluster's nodes: what the first that answers says. */
final class NodeDoor {

    private static final int PORT = 9600;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ApiClient api;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    NodeDoor(Home home) {
        this.api = new ApiClient(home);
    }

    /** Prints what is at a path under {@code /admin/v1}: the document itself, or a table made of it. */
    int print(String path, Command.Output output, Table table)
            throws FailedException, IOException, InterruptedException {
        JsonNode document = get(path);
        switch (output) {
            case TABLE -> System.out.print(table.of(document));
            case JSON -> System.out.println(Json.pretty(document));
        }
        return 0;
    }

    /** Says what a recovery would mean, and begins it where that was consented to. */
    int recover(Command.Consent consent) throws FailedException, IOException, InterruptedException {
        requireUp();
        TreeMap<String, JsonNode> rings = new TreeMap<>();
        TreeMap<String, JsonNode> pods = new TreeMap<>();
        for (JsonNode pod : pods()) {
            String name = Json.text(pod, "metadata", "name");
            try {
                HttpResponse<String> answer = http.send(request(pod, "ring").build(), BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    rings.put(name, Json.parseObject(answer.body()));
                    pods.put(name, pod);
                }
            } catch (IOException silent) {
                System.out.println(name + " does not answer");
            }
        }
        RecoveryPlan plan = RecoveryPlan.of(rings);
        System.out.print(plan.text());
        if (consent == Command.Consent.ASKED) {
            throw new FailedException("nothing was done; ./kvorum recover --yes does it");
        }
        return begin(plan, Objects.requireNonNull(pods.get(plan.pod())));
    }

    private int begin(RecoveryPlan plan, JsonNode pod) throws FailedException, IOException, InterruptedException {
        String body = "{\"clusterId\":\"" + plan.clusterId() + "\",\"generation\":" + plan.generation() + "}";
        HttpResponse<String> answer = http.send(
                request(pod, "recover").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new FailedException(plan.pod() + " refused: " + answer.body());
        }
        System.out.println(plan.pod() + " begins generation " + plan.generation());
        return 0;
    }

    private void requireUp() throws FailedException, IOException, InterruptedException {
        if (!api.answers()) {
            throw new FailedException("the local cluster is down: ./kvorum up starts it");
        }
    }

    /** A document for people. */
    @FunctionalInterface
    interface Table {
        String of(JsonNode document);
    }

    private JsonNode get(String path) throws FailedException, IOException, InterruptedException {
        requireUp();
        String last = "no node runs: ./kvorum status says what does";
        for (JsonNode pod : pods()) {
            String name = Json.text(pod, "metadata", "name");
            try {
                HttpResponse<String> answer = http.send(request(pod, path).build(), BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return Json.parseObject(answer.body());
                }
                last = name + " answered " + answer.statusCode() + ": " + answer.body();
            } catch (IOException e) {
                last = name + " does not answer (" + e + ")";
            }
        }
        throw new FailedException(last);
    }

    /** Those that are ready first; in order of their names. */
    private List<JsonNode> pods() throws IOException, InterruptedException {
        return api.list("/api/v1/pods").stream()
                .filter(pod -> !Json.text(pod, "status", "podIP").isEmpty())
                .sorted(Comparator.comparing((JsonNode pod) -> !Conditions.isTrue(pod, "Ready"))
                        .thenComparing(pod -> Json.text(pod, "metadata", "name")))
                .toList();
    }

    private HttpRequest.Builder request(JsonNode pod, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + Json.text(pod, "status", "podIP") + ":" + PORT + "/admin/v1/" + path);
        return HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Authorization", "Bearer " + token(pod));
    }

    private String token(JsonNode pod) throws IOException, InterruptedException {
        String secret = "/api/v1/namespaces/" + Json.text(pod, "metadata", "namespace") + "/secrets/"
                + Json.text(pod, "metadata", "labels", "kvorum.dev/cluster") + "-admin";
        return api.get(secret)
                .map(found -> Json.text(found, "data", "token"))
                .map(coded -> new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8))
                .orElse("");
    }
}
