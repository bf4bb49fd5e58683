package dev.kvorum.operator.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The admin API over the JDK's HTTP client. */
@Singleton
public class HttpNodeAdmin implements NodeAdmin {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int MAX_DETAIL = 200;

    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    @Override
    public NodeReport node(Door door) {
        return get(door, "/admin/v1/node", NodeReport.class);
    }

    @Override
    public List<MemberReport> members(Door door) {
        return get(door, "/admin/v1/members", Members.class).members();
    }

    @Override
    public RingReport ring(Door door) {
        return get(door, "/admin/v1/ring", RingReport.class);
    }

    @Override
    public long openSession(Door door, String operator) {
        String body = send(
                door,
                post(door, "/admin/v1/operator/sessions", Map.of("operator", operator))
                        .build());
        return read(door, "/admin/v1/operator/sessions", body, Opened.class).session();
    }

    @Override
    public void declareBucket(Door door, long session, BootstrapDocument.Bucket bucket) {
        send(
                door,
                post(door, "/admin/v1/buckets", bucket)
                        .header("Kvorum-Operator-Session", Long.toString(session))
                        .build());
    }

    @Override
    public void found(Door door, BootstrapDocument document) {
        send(door, post(door, "/admin/v1/cluster", document).build());
    }

    private <T> T get(Door door, String path, Class<T> type) {
        return read(door, path, send(door, request(door, path).GET().build()), type);
    }

    private <T> T read(Door door, String path, String body, Class<T> type) {
        try {
            return json.readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new NodeAdminException(door + path + " answered no " + type.getSimpleName() + ": " + brief(body), 0);
        }
    }

    private HttpRequest.Builder post(Door door, String path, Object document) {
        return request(door, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(write(document)));
    }

    private static HttpRequest.Builder request(Door door, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + bracketed(door.host()) + ":" + door.port() + path))
                .timeout(ANSWER);
        return door.token().isEmpty() ? request : request.header("Authorization", "Bearer " + door.token());
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private String send(Door door, HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            throw new NodeAdminException(
                    door + request.uri().getPath() + " answered " + answer.statusCode() + ": " + detail(answer.body()),
                    answer.statusCode(),
                    field(answer.body(), "code"));
        } catch (IOException e) {
            throw new NodeAdminException(door + " does not answer: " + said(e), 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeAdminException(door + " was not asked to the end", 0);
        }
    }

    /** The sentence of a problem document, or the start of whatever came instead. */
    private String detail(String body) {
        String detail = field(body, "detail");
        return detail.isEmpty() ? brief(body) : brief(detail);
    }

    /** Of a problem document; empty where something else came. */
    private String field(String body, String name) {
        try {
            return json.readTree(body).path(name).asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private String write(Object document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that is no JSON", e);
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String brief(String text) {
        return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + "...";
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Members(List<MemberReport> members) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Opened(long session) {}
}
