package dev.kvorum.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.server.door.DoorFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** An HTTP door with a node in memory behind it, and the ways in which tests talk to it. */
class HttpTalk {

    final DoorFixture fixture = new DoorFixture();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final int port = opened(Map.of());

    int opened(Map<String, String> variables) {
        HttpDoor door = new HttpDoor(
                fixture.vertx,
                DoorFixture.config(variables).doors(),
                fixture.requests,
                fixture.node,
                fixture.metrics.meter("http"));
        return fixture.on(() -> door.listen("127.0.0.1", 0));
    }

    @AfterEach
    void close() {
        client.close();
        fixture.close();
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code, String detail) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"detail\":\"" + detail);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }

    int status(String method, String path, String body) {
        return send(client, request(method, path, body)).statusCode();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(client, request("GET", path, "", headers));
    }

    HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        return (headers.length == 0 ? builder : builder.headers(headers)).build();
    }

    static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request.toString(), e);
        }
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
