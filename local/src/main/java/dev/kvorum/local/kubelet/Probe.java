package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * One probe of a container. Until it first succeeds it asks every 200 ms, so that starting is not slowed by a long
 * period; failures are counted by periods all the same. One thread.
 */
final class Probe {

    /** What a probe has found so far. */
    enum Verdict {
        /** Neither enough successes nor enough failures yet. */
        UNKNOWN,
        SUCCEEDED,
        FAILED
    }

    private static final Duration WHILE_STARTING = Duration.ofMillis(200);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private final JsonNode spec;
    private final JsonNode container;
    private final String address;
    private final Duration period;
    private Instant nextAsk;
    private Instant nextCount;
    private int successes;
    private int failures;
    private boolean everSucceeded;
    private Verdict verdict = Verdict.UNKNOWN;
    private String lastFailure = "";

    Probe(JsonNode spec, JsonNode container, String address, Instant started) {
        this.spec = spec;
        this.container = container;
        this.address = address;
        this.period = Duration.ofSeconds(Math.max(1, spec.path("periodSeconds").asInt(10)));
        this.nextAsk = started.plusSeconds(spec.path("initialDelaySeconds").asInt());
        this.nextCount = nextAsk.plus(period);
    }

    /** Asks if it is time to, and answers what is known now. */
    Verdict tick(Instant now) {
        if (now.isBefore(nextAsk)) {
            return verdict;
        }
        lastFailure = ask();
        boolean succeeded = lastFailure.isEmpty();
        nextAsk = now.plus(succeeded || everSucceeded ? period : WHILE_STARTING);
        if (succeeded) {
            everSucceeded = true;
            failures = 0;
            successes++;
            if (successes >= spec.path("successThreshold").asInt(1)) {
                verdict = Verdict.SUCCEEDED;
            }
        } else {
            onFailure(now);
        }
        return verdict;
    }

    private void onFailure(Instant now) {
        successes = 0;
        boolean counts = everSucceeded || !now.isBefore(nextCount);
        if (counts) {
            failures++;
            nextCount = now.plus(period);
        }
        if (failures >= spec.path("failureThreshold").asInt(3)) {
            verdict = Verdict.FAILED;
        }
    }

    String lastFailure() {
        return lastFailure;
    }

    /** Empty when the container answered as it should, else why not. */
    private String ask() {
        Duration timeout =
                Duration.ofSeconds(Math.max(1, spec.path("timeoutSeconds").asInt(1)));
        try {
            if (spec.has("httpGet")) {
                return get(spec.path("httpGet"), timeout);
            } else if (spec.has("tcpSocket")) {
                return connect(spec.path("tcpSocket"), timeout);
            }
            return "the local stand-in knows httpGet and tcpSocket probes only";
        } catch (IOException e) {
            return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private String get(JsonNode get, Duration timeout) throws IOException, InterruptedException {
        String path = Json.text(get, "path");
        URI uri = URI.create("http://" + address + ":" + port(get) + (path.startsWith("/") ? path : "/" + path));
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        boolean isGood = response.statusCode() >= 200 && response.statusCode() < 400;
        return isGood ? "" : "HTTP probe failed with statuscode: " + response.statusCode();
    }

    private String connect(JsonNode target, Duration timeout) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port(target)), (int) timeout.toMillis());
            return "";
        }
    }

    private int port(JsonNode target) throws IOException {
        JsonNode port = target.path("port");
        if (port.isIntegralNumber()) {
            return port.asInt();
        }
        for (JsonNode candidate : container.path("ports")) {
            if (Json.text(candidate, "name").equals(port.asText())) {
                return candidate.path("containerPort").asInt();
            }
        }
        throw new IOException("the container has no port named " + port.asText());
    }
}
