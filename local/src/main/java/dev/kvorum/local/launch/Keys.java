package dev.kvorum.local.launch;

import dev.kvorum.local.json.Json;
import dev.kvorum.local.kubelet.Children.Child;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Reads and writes single keys of the default bucket over HTTP, on the first node that answers. */
final class Keys {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Home home;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    Keys(Home home) {
        this.home = home;
    }

    int get(String key) throws FailedException, InterruptedException {
        System.out.println(send(key, HttpRequest.newBuilder().GET()).body());
        return 0;
    }

    int put(String key, String value) throws FailedException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder().header("Content-Type", "text/plain").PUT(BodyPublishers.ofString(value));
        send(key, request);
        return 0;
    }

    int delete(String key) throws FailedException, InterruptedException {
        send(key, HttpRequest.newBuilder().DELETE());
        return 0;
    }

    private HttpResponse<String> send(String key, HttpRequest.Builder request)
            throws FailedException, InterruptedException {
        String path = "/v1/buckets/default/keys/"
                + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        String last = "no node runs: ./kvorum up";
        for (Child node : nodes()) {
            try {
                URI uri = URI.create("http://" + node.address() + ":8080" + path);
                HttpResponse<String> response =
                        http.send(request.uri(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
                if (response.statusCode() < 300) {
                    return response;
                } else if (response.statusCode() < 500) {
                    throw new FailedException(refusal(key, response));
                }
                last = refusal(key, response);
            } catch (IOException e) {
                last = node.name() + " does not answer (" + e + ")";
            }
        }
        throw new FailedException(last);
    }

    /** All children but the stand-in and the operator are nodes; the first by name first. */
    private List<Child> nodes() {
        return home.children().running().stream()
                .filter(child -> !List.of(Status.STAND_IN, OperatorProcess.NAME).contains(child.name()))
                .sorted(Comparator.comparing(Child::name))
                .toList();
    }

    private static String refusal(String key, HttpResponse<String> response) {
        if (response.statusCode() == 404) {
            return "no value under " + key;
        } else if (response.statusCode() == 300) {
            return key + " has several values at once; read them with curl: " + response.uri();
        }
        try {
            return Json.text(Json.parseObject(response.body()), "detail");
        } catch (IllegalArgumentException e) {
            return "the node answered " + response.statusCode() + ": " + response.body();
        }
    }
}
