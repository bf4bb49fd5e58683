package dev.kvorum.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.server.door.RawSocket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainApiIT extends HttpTalk {

    private static final String KEYS = "/v1/buckets/default/keys/";

    @Test
    void thePlainApiKeepsWhatItWasGiven() {
        for (String value : new String[] {
            "\"text\"", "9007199254740993", "-1.50", "[1, 2]", "{\"a\" : {\"b\":12345678901234567890}}"
        }) {
            HttpResponse<String> put =
                    send(client, request("POST", "/api/v1/put", "{\"key\":\"a b\",\"value\":" + value + "}"));
            assertThat(put.statusCode()).isEqualTo(200);
            assertThat(put.body()).isEqualTo("{\"key\":\"a b\",\"status\":\"ok\"}");
            assertThat(get("/api/v1/getValue?key=a+b").body()).isEqualTo("{\"key\":\"a b\",\"value\":" + value + "}");
            assertThat(get("/api/v1/getValye?key=a%20b").body()).isEqualTo("{\"key\":\"a b\",\"value\":" + value + "}");
        }
        assertThat(header(get(KEYS + "a%20b"), "Content-Type")).isEqualTo("application/json");
        send(client, request("PUT", KEYS + "t", "t\"ext\n"));
        assertThat(get("/api/v1/getValue?key=t").body()).isEqualTo("{\"key\":\"t\",\"value\":\"t\\\"ext\\n\"}");
        try (RawSocket socket = new RawSocket(port)) {
            socket.send("PUT " + KEYS + "b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\u00ff\u00fe");
            socket.readThrough("\r\n\r\n");
        }
        assertThat(get("/api/v1/getValue?key=b").body()).isEqualTo("{\"key\":\"b\",\"valueBase64\":\"//4=\"}");
        assertProblem(get("/api/v1/getValue?key=nope"), 404, "not_found", "this key has no value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"key":"k"}                      | field value is missing
            {"value":1}                      | field key is missing
            {"key":7,"value":1}              | field key must be a string
            {"key":"","value":1}             | the key is empty
            {"key":"k","value":true}         | field value must be a string, a number, a list or an object
            {"key":"k","value":1,"ttl":5}    | field ttl is unknown; use key and value
            {"key":"k","value":}             | the body is no JSON at line 1, column 20
            [1]                              | the body is no JSON object
            """)
    void aPlainPutThatIsWrongIsRefusedByName(String body, String detail) {
        assertProblem(send(client, request("POST", "/api/v1/put", body)), 400, "bad_request", detail);
    }

    @Test
    void aPlainPutThatIsTooLargeIsRefused() {
        String value = "v".repeat(10_238);
        assertThat(status("POST", "/api/v1/put", "{\"key\":\"k\",\"value\":\"" + value.substring(1) + "\"}"))
                .isEqualTo(200);
        assertProblem(
                send(client, request("POST", "/api/v1/put", "{\"key\":\"k\",\"value\":\"" + value + "\"}")),
                413,
                "value_too_large",
                "key and value have 10241 bytes; together they have at most 10240");
        assertThat(status("POST", "/api/v1/put", "{\"key\":\"k\",\"value\":\"" + "v".repeat(70_000) + "\"}"))
                .isEqualTo(413);
    }
}
