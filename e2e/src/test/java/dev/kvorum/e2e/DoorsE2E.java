package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import dev.kvorum.e2e.ground.Shell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients may ask, at any node, and what they are told when they ask wrongly. */
class DoorsE2E {

    private static final String KEYS = "/v1/buckets/default/keys/";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<String> hosts = Grounds.shared().addresses("demo");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void everyNodeAnswersForEveryKey() throws Exception {
        for (String writer : hosts) {
            for (String reader : hosts) {
                String key = "any-" + writer + "-" + reader;
                assertThat(send(writer, "PUT", KEYS + key, "v-" + key).statusCode())
                        .isEqualTo(201);
                assertThat(send(reader, "GET", KEYS + key, "").body()).isEqualTo("v-" + key);
                try (RespClient resp = new RespClient(reader, TIMEOUT)) {
                    assertThat(resp.call("GET", key)).isEqualTo("v-" + key);
                    assertThat(resp.call("DEL", key)).isEqualTo("1");
                }
                assertThat(send(writer, "GET", KEYS + key, "").statusCode()).isEqualTo(404);
            }
        }
    }

    @Test
    void theContextOfAnAnswerLetsOneReplaceWhatItShowed() throws Exception {
        send(hosts.get(0), "PUT", KEYS + "ctx", "one");
        HttpResponse<String> seen = send(hosts.get(1), "GET", KEYS + "ctx", "");
        String context = seen.headers().firstValue("Kvorum-Context").orElseThrow();

        HttpResponse<String> written = http.send(
                request(hosts.get(2), KEYS + "ctx")
                        .header("Kvorum-Context", context)
                        .PUT(HttpRequest.BodyPublishers.ofString("two"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(written.statusCode()).isEqualTo(204);
        assertThat(send(hosts.get(0), "GET", KEYS + "ctx", "").body()).isEqualTo("two");
    }

    @Test
    void twoWritesUnderOneContextLeaveTwoSiblings() throws Exception {
        send(hosts.get(0), "DELETE", KEYS + "twins", "");
        String context = send(hosts.get(0), "GET", KEYS + "twins", "")
                .headers()
                .firstValue("Kvorum-Context")
                .orElseThrow();
        for (String value : List.of("left", "right")) {
            http.send(
                    request(hosts.get(0), KEYS + "twins")
                            .header("Kvorum-Context", context)
                            .PUT(HttpRequest.BodyPublishers.ofString(value))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> both = send(hosts.get(1), "GET", KEYS + "twins", "");

        assertThat(both.statusCode()).isEqualTo(300);
        assertThat(both.body()).contains("left", "right");
    }

    @Test
    void thePlainApiKeepsJsonAsItWas() throws Exception {
        String value = "{\"total\":90071992547409931,\"tags\":[\"a\",1.5,null]}";
        HttpResponse<String> put = http.send(
                request(hosts.get(0), "/api/v1/put")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"plain\",\"value\":" + value + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);

        HttpResponse<String> got = send(hosts.get(1), "GET", "/api/v1/getValue?key=plain", "");

        assertThat(Ground.json(got.body()).get("value")).isEqualTo(Ground.json(value));
    }

    @Test
    void aPairAboveTheLimitIsRefusedAtBothDoors() throws Exception {
        String key = "k".repeat(41);
        HttpResponse<String> http413 = send(hosts.get(0), "PUT", KEYS + key, "v".repeat(10_200));
        assertThat(http413.statusCode()).isEqualTo(413);
        assertThat(code(http413)).isEqualTo("value_too_large");
        try (RespClient resp = new RespClient(hosts.get(0), TIMEOUT)) {
            assertThatThrownBy(() -> resp.call("SET", key, "v".repeat(10_200)))
                    .isInstanceOf(RespClient.ErrorReply.class)
                    .hasMessageStartingWith("ERR");
            assertThat(resp.call("SET", key, "v".repeat(10_199))).isEqualTo("OK");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v1/buckets/default/keys/k?r=7        | 400 | bad_request     | r
            GET    | /v1/buckets/default/keys/k?rr=1       | 400 | bad_request     | rr
            GET    | /v1/buckets/default/keys/k?timeout=x  | 400 | bad_request     | timeout
            PUT    | /v1/buckets/default/keys/k?w=none     | 400 | bad_request     | w
            PUT    | /v1/buckets/default/keys/k?durability=ram | 400 | bad_request | durability
            PUT    | /v1/buckets/default/keys/k?zones=0    | 400 | bad_request     | zones
            GET    | /v1/buckets/nosuch/keys/k             | 404 | bucket_unknown  | nosuch
            GET    | /v1/buckets/default/keys/absent-key   | 404 | not_found       | no value
            GET    | /v1/buckets/default/keys/%ZZ          | 400 | bad_request     | key
            PUT    | /v1/buckets/default/keys/             | 400 | bad_request     | key
            GET    | /api/v1/getValue                      | 400 | bad_request     | key
            """)
    void aBadRequestIsToldWhatIsWrong(String method, String path, int status, String code, String named)
            throws Exception {
        String answer =
                raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        JsonNode problem = Ground.json(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("detail").asText()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({"Kvorum-Context,not~a~token", "Kvorum-TTL,soon", "Kvorum-Colour,blue"})
    void aBadHeaderIsNamed(String header, String value) throws Exception {
        HttpResponse<String> answer = http.send(
                request(hosts.get(0), KEYS + "k")
                        .header(header, value)
                        .PUT(HttpRequest.BodyPublishers.ofString("v"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Ground.json(answer.body()).get("detail").asText()).containsIgnoringCase(header);
    }

    @Test
    void malformedRespIsAnsweredAndClosed() throws Exception {
        String answer = rawTo(hosts.get(0), RespClient.PORT, "*2\r\n$3\r\nGET\r\n$x\r\n");

        assertThat(answer).startsWith("-ERR Protocol error");
        assertThat(rawTo(hosts.get(0), RespClient.PORT, "*1\r\n$4\r\nQUIT\r\n")).startsWith("+OK");
    }

    @Test
    @Needs(Ability.POD_NETWORK)
    void redisBenchmarkRunsClean() {
        Assumptions.assumeTrue(Shell.has("redis-benchmark"), "redis-benchmark is not installed (redis-tools)");
        String host = hosts.get(0);

        Shell.Result alone = Shell.run(
                "redis-benchmark", "-h", host, "-t", "set,get", "-P", "16", "-n", "100000", "-r", "100000", "-q");
        Shell.Result cluster = Shell.run(
                "redis-benchmark", "--cluster", "-h", host, "-t", "set,get", "-n", "50000", "-r", "100000", "-q");

        assertThat(alone.code()).as(alone.both()).isZero();
        assertThat(alone.both()).doesNotContainIgnoringCase("error");
        assertThat(cluster.code()).as(cluster.both()).isZero();
        assertThat(cluster.both()).doesNotContainIgnoringCase("error");
    }

    private static String code(HttpResponse<String> answer) {
        return Ground.json(answer.body()).get("code").asText();
    }

    private HttpResponse<String> send(String host, String method, String path, String body) throws Exception {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return http.send(request(host, path).method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String host, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + host + ":8080" + path))
                .timeout(TIMEOUT);
    }

    private String raw(String request) throws IOException {
        return rawTo(hosts.get(0), 8080, request);
    }

    private static String rawTo(String host, int port, String bytes) throws IOException {
        try (var socket = new java.net.Socket(host, port)) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(bytes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
