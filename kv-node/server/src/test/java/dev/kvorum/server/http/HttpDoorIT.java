package dev.kvorum.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Kind;
import dev.kvorum.server.door.RawSocket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class HttpDoorIT extends HttpTalk {

    private static final String KEYS = "/v1/buckets/default/keys/";

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aValueIsWrittenReadAndDeleted(HttpClient.Version version) {
        if (version != HttpClient.Version.HTTP_1_1 && version != HttpClient.Version.HTTP_2) {
            return;
        }
        try (HttpClient own = HttpClient.newBuilder().version(version).build()) {
            HttpResponse<String> created = send(own, request("PUT", KEYS + "k", "hello", "Content-Type", "text/plain"));
            assertThat(created.version()).isEqualTo(version);
            assertThat(created.statusCode()).isEqualTo(201);
            HttpResponse<String> read = send(own, request("GET", KEYS + "k", ""));
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).isEqualTo("hello");
            assertThat(header(read, "Content-Type")).isEqualTo("text/plain");
            assertThat(header(read, "ETag")).isEqualTo(header(created, "ETag"));
            HttpResponse<String> gone = send(own, request("DELETE", KEYS + "k", ""));
            assertThat(gone.statusCode()).isEqualTo(204);
            assertProblem(send(own, request("GET", KEYS + "k", "")), 404, "not_found", "this key has no value");
        }
    }

    @Test
    void whatIsNotThereIsToldWithAContextAndDeletedAgain() {
        assertThat(header(get(KEYS + "k"), "Kvorum-Context")).isNotBlank();
        assertThat(status("DELETE", KEYS + "k", "")).isEqualTo(204);
        assertThat(status("PUT", KEYS + "k", "one")).isEqualTo(201);
        assertThat(status("PUT", KEYS + "k", "two")).isEqualTo(204);
        assertThat(header(get(KEYS + "k"), "Content-Type")).isEqualTo("application/octet-stream");
    }

    @Test
    void theAnswerToAWriteIsThisAndNothingElse() {
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("PUT " + KEYS + "k HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Type: a/b\r\n\r\nhi");
            assertThat(socket.readThrough("\r\n\r\n"))
                    .matches(lines(
                            "HTTP/1\\.1 201 Created",
                            "Kvorum-Context: [\\w-]+",
                            "Kvorum-Replicas: 2",
                            "Kvorum-Epoch: 1",
                            "Kvorum-Zones: 1",
                            "Kvorum-Durability: fsync",
                            "Kvorum-Sloppy: false",
                            "ETag: \"[0-9a-f]{16}\"",
                            "content-length: 0"));
        }
    }

    @Test
    void theAnswerToAReadIsThisAndNothingElse() {
        send(client, request("PUT", KEYS + "k", "hi", "Content-Type", "a/b"));
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("GET " + KEYS + "k HTTP/1.1\r\nHost: x\r\n\r\nHEAD " + KEYS + "k HTTP/1.1\r\nHost: x\r\n\r\n");
            String head = lines(
                    "HTTP/1\\.1 200 OK",
                    "Kvorum-Context: [\\w-]+",
                    "Kvorum-Replicas: 2",
                    "Kvorum-Epoch: 1",
                    "ETag: \"[0-9a-f]{16}\"",
                    "content-type: a/b",
                    "content-length: 2");
            assertThat(socket.readThrough("\r\n\r\n")).matches(head);
            assertThat(socket.read(2)).isEqualTo("hi");
            assertThat(socket.readThrough("\r\n\r\n")).matches(head);
        }
    }

    @Test
    void theAnswerToABadRequestIsThisAndNothingElse() {
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("GET " + KEYS + "k?r=7 HTTP/1.1\r\nHost: x\r\n\r\n");
            String body = "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                    + "\"detail\":\"parameter r is \\\"7\\\"; "
                    + "use one, quorum, all or a number from 1 to 3\",\"code\":\"bad_request\","
                    + "\"outcome\":\"not_applied\"}";
            assertThat(socket.readThrough("}"))
                    .isEqualTo("HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: "
                            + body.length() + "\r\n\r\n" + body);
        }
    }

    @Test
    void keysAreAnyBytes() {
        byte[] key = {0, '/', '%', (byte) 0xFF, ' ', '+'};
        assertThat(status("PUT", KEYS + "%00%2F%25%ff%20+", "v")).isEqualTo(201);
        fixture.run(() -> assertThat(last().key()).isEqualTo(new Key(0, key)));
        assertThat(get(KEYS + "%00%2f%25%FF%20%2B").body()).isEqualTo("v");
    }

    @Test
    void aWriteWithTheContextOfAReadReplacesWhatWasShown() {
        putBoth();
        HttpResponse<String> both = get(KEYS + "k", "Accept", "application/json");
        assertThat(both.statusCode()).isEqualTo(300);
        assertThat(both.body())
                .isEqualTo("[{\"contentType\":\"text/plain\",\"value\":\"two\"},"
                        + "{\"contentType\":\"text/plain\",\"value\":\"one\"}]");
        String context = header(both, "Kvorum-Context");
        HttpResponse<String> settled = send(client, request("PUT", KEYS + "k", "three", "Kvorum-Context", context));
        assertThat(settled.statusCode()).isEqualTo(204);
        assertThat(get(KEYS + "k").body()).isEqualTo("three");
        HttpResponse<String> late = send(client, request("PUT", KEYS + "k", "four", "Kvorum-Context", context));
        assertThat(late.statusCode()).isEqualTo(204);
        assertThat(get(KEYS + "k").statusCode()).isEqualTo(300);
    }

    @Test
    void siblingsAreAPartEach() {
        putBoth();
        HttpResponse<String> both = get(KEYS + "k");
        String boundary = header(both, "Content-Type").replace("multipart/mixed; boundary=", "");
        String part = "\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n";
        assertThat(both.body())
                .isEqualTo("--" + boundary + part + "two\r\n--" + boundary + part + "one\r\n--" + boundary + "--\r\n");
    }

    @Test
    void aWriteMayAskForAValueOrForNone() {
        assertProblem(
                send(client, request("PUT", KEYS + "k", "v", "If-Match", "*")),
                412,
                "precondition_failed",
                "the key has no value");
        HttpResponse<String> created = send(client, request("PUT", KEYS + "k", "v", "If-None-Match", "*"));
        assertThat(created.statusCode()).isEqualTo(201);
        HttpResponse<String> second = send(client, request("PUT", KEYS + "k", "w", "If-None-Match", "*"));
        assertProblem(second, 412, "precondition_failed", "the key has a value already");
        assertThat(header(second, "ETag")).isEqualTo(header(created, "ETag"));
    }

    @Test
    void etagsDecideWhetherAValueIsSentOrWritten() {
        String etag = header(send(client, request("PUT", KEYS + "k", "v")), "ETag");
        assertThat(get(KEYS + "k", "If-None-Match", "\"0\", W/" + etag).statusCode())
                .isEqualTo(304);
        assertThat(get(KEYS + "k", "If-None-Match", "\"0000000000000000\"").statusCode())
                .isEqualTo(200);
        assertThat(send(client, request("PUT", KEYS + "k", "w", "If-Match", etag))
                        .statusCode())
                .isEqualTo(204);
        assertProblem(
                send(client, request("DELETE", KEYS + "k", "", "If-Match", etag)),
                412,
                "precondition_failed",
                "the key has a value with another ETag than the condition asks for");
    }

    @Test
    void parametersAndHeadersReachTheNode() {
        String query = "?r=1&w=all&durability=os&zones=2&timeout=300ms";
        send(client, request("PUT", "/v1/buckets/orders/keys/k" + query, "v", "Kvorum-TTL", "5m"));
        fixture.run(() -> {
            assertThat(last().levels()).isEqualTo(new Levels(1, 3, dev.kvorum.core.request.Durability.OS, 2));
            assertThat(last().timeoutMs()).isEqualTo(300);
            assertThat(last().key().bucket()).isEqualTo(1);
            assertThat(((Operation.Put) last().operation()).expiry()).isEqualTo(new Expiry.After(300_000));
        });
        get(KEYS + "k");
        fixture.run(() -> {
            assertThat(last().levels()).isEqualTo(new Levels(2, 2, dev.kvorum.core.request.Durability.FSYNC, 1));
            assertThat(last().timeoutMs()).isEqualTo(2_000);
            assertThat(last().context()).isNull();
        });
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/bad-requests.txt", delimiter = '|', quoteCharacter = '`')
    void aBadRequestIsRefusedByName(String method, String path, String header, int status, String code, String detail) {
        String extra = header == null ? "" : header + "\r\n";
        try (RawSocket socket = new RawSocket(port)) {
            socket.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + extra + "Content-Length: 0\r\n\r\n");
            String head = socket.readThrough("\r\n\r\n");
            String body = socket.read(Integer.parseInt(head.replaceFirst("(?s).*content-length: (\\d+).*", "$1")));
            assertThat(head).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
            assertThat(body).contains("\"code\":\"" + code + "\"").contains("\"outcome\":\"not_applied\"");
            assertThat(body.replace("\\\"", "\"")).contains(detail);
            assertThat(head.contains("Allow: ")).isEqualTo(status == 405);
            socket.send("GET /v1/buckets HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(socket.readThrough("\r\n")).isEqualTo("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void tooMuchIsRefusedBeforeItIsKept() {
        assertThat(status("PUT", KEYS + "k", "v".repeat(10_239))).isEqualTo(201);
        assertProblem(
                send(client, request("PUT", KEYS + "k", "v".repeat(10_240))),
                413,
                "value_too_large",
                "a body of 10240 bytes; at most 10239 bytes are left for it beside the key");
        assertProblem(
                get(KEYS + "k".repeat(1_025)), 413, "key_too_large", "the key has 1025 bytes; a key has at most 1024");
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("PUT " + KEYS + "k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            socket.send("2000\r\n" + "v".repeat(8_192) + "\r\n2000\r\n" + "v".repeat(8_192) + "\r\n");
            assertThat(socket.readThrough("}")).contains("413 ").contains("a body of more than 10239 bytes");
            socket.send("0\r\n\r\nGET " + KEYS + "nope HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(socket.readThrough("\r\n")).isEqualTo("HTTP/1.1 404 Not Found\r\n");
        }
    }

    @Test
    void aHeadThatIsTooLongIsRefused() {
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(socket.readThrough("}")).contains(" 414 ").contains("the request line has more than 8192");
        }
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(9_000) + "\r\n\r\n");
            assertThat(socket.readThrough("}")).contains(" 431 ").contains("the headers have more than 8192");
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsIsToldAtOnce() {
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("PUT " + KEYS + "k HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(socket.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue");
            socket.send("hi");
            assertThat(socket.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 201 Created");
        }
        try (RawSocket socket = new RawSocket(port)) {
            socket.send(
                    "PUT " + KEYS + "k HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 20000\r\n\r\n");
            assertThat(socket.readThrough("\r\n")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aRequestThatStopsHalfWayIsAnsweredAndClosed() {
        int quick = opened(Map.of("KVORUM_HALF_REQUEST_TIMEOUT_MS", "200"));
        for (String half :
                new String[] {"GET / HT", "PUT " + KEYS + "k HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"}) {
            try (RawSocket socket = new RawSocket(quick)) {
                socket.send("GET /v1/buckets HTTP/1.1\r\nHost: x\r\n\r\n").readThrough("]}");
                assertThat(socket.send(half).readAll())
                        .startsWith("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n")
                        .contains("the request is not complete after 200 ms");
            }
        }
        try (RawSocket socket = new RawSocket(quick)) {
            socket.send("GET /v1/buckets HTTP/1.1\r\nHost: x\r\n\r\n").readThrough("]}");
            assertThat(socket.isSilentFor(700))
                    .as("an idle connection stays open")
                    .isTrue();
        }
    }

    @Test
    void whatIsNoHttpIsAnsweredAndClosed() {
        try (RawSocket socket = new RawSocket(port)) {
            assertThat(socket.send("\u0000\u0001\u0002 garbage\r\n\r\n").readAll())
                    .startsWith("HTTP/1.0 400 Bad Request\r\n")
                    .contains("\"code\":\"bad_request\"");
        }
    }

    @Test
    void failuresOfTheNodeKeepCodeAndOutcome() {
        ClientReply.Failed failed =
                ClientReply.Failed.unknown(ErrorCode.QUORUM_UNAVAILABLE, "1 of 2 replicas answered");
        fixture.run(() -> fixture.requests.failWhen(request -> failed));
        HttpResponse<String> answer = get(KEYS + "k");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isEqualTo("1");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                        + "\"detail\":\"1 of 2 replicas "
                        + "answered\",\"code\":\"quorum_unavailable\",\"outcome\":\"unknown\","
                        + "\"retryAfterMs\":200}");
        fixture.run(() -> fixture.requests.failWhen(
                request -> ClientReply.Failed.unknown(ErrorCode.TIMEOUT, "no answer within 2000 ms")));
        assertProblem(get(KEYS + "k"), 504, "timeout", "no answer within 2000 ms");
    }

    @Test
    void bucketsAndRingAreShown() {
        assertThat(get("/v1/buckets").body())
                .isEqualTo("{\"buckets\":[{\"name\":\"default\",\"mode\":\"quorum\","
                        + "\"conflict\":\"siblings\",\"read\":\"quorum\",\"write\":"
                        + "\"quorum\",\"sloppy\":false},{\"name\":\"orders\",\"mode\":\"quorum\","
                        + "\"conflict\":\"siblings\",\"read\":"
                        + "\"quorum\",\"write\":\"quorum\",\"sloppy\":false}]}");
        assertThat(get("/v1/ring").body())
                .startsWith("{\"clusterId\":\"cluster-1\",\"epoch\":1,\"hash\":\"")
                .contains("\"table\":[{\"shard\":0,\"epoch\":1,\"replicas\":[\"abcd0000");
        fixture.node.becomeUnfounded();
        assertProblem(get("/v1/ring"), 503, "starting", "this node waits for the bootstrap document");
        assertProblem(get(KEYS + "k"), 503, "starting", "this node waits for the bootstrap document");
    }

    private void putBoth() {
        fixture.run(() -> {
            Key key = new Key(0, "k".getBytes(StandardCharsets.UTF_8));
            for (String value : new String[] {"one", "two"}) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                fixture.requests.putConcurrently(
                        key, new Operation.Put(Kind.BYTES, "text/plain", bytes, Expiry.NEVER, Condition.NONE));
            }
        });
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private ClientRequest last() {
        return Objects.requireNonNull(fixture.requests.last());
    }
}
