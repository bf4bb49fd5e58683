package dev.kvorum.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks the running stand-in, from another process. */
final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final Home home;

    ApiClient(Home home) {
        this.home = home;
    }

    boolean answers() throws InterruptedException {
        try {
            return home.port() != 0 && send(request("/readyz").build()).statusCode() == 200;
        } catch (IOException e) {
            // Not there yet, or not any more: that is the question.
            return false;
        }
    }

    Optional<ObjectNode> get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path).build());
        return response.statusCode() == 200 ? Optional.of(Json.parseObject(response.body())) : Optional.empty();
    }

    List<JsonNode> list(String path) throws IOException, InterruptedException {
        return get(path).map(list -> Json.items(list, "items")).orElse(List.of());
    }

    /** Creates an object; answers what is wrong with it, empty when nothing. */
    String create(String path, ObjectNode object) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(object.toString()))
                .build());
        return response.statusCode() == 201 ? "" : Json.text(Json.parseObject(response.body()), "message");
    }

    /** Whether something at this address says that it is ready. */
    boolean isReady(String address) throws InterruptedException {
        try {
            URI uri = URI.create("http://" + address + "/health/ready");
            return send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build()).statusCode() == 200;
        } catch (IOException | IllegalArgumentException e) {
            // An address that does not answer, or is none, is not ready.
            return false;
        }
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + home.port() + path))
                .header("User-Agent", "kvorum")
                .timeout(TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }
}
