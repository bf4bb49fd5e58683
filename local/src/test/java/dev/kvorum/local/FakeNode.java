package dev.kvorum.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Stands for a node in tests: answers health probes on its address, shows its environment, resolves names, counts its
 * starts in its data directory, and ends with the code it is asked for.
 */
public final class FakeNode {

    private FakeNode() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> variables = System.getenv();
        Path starts = Path.of(variables.get("KVORUM_DATA_DIR"), "starts");
        Files.writeString(starts, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        HttpServer server = HttpServer.create(new InetSocketAddress(variables.get("KVORUM_BIND_HOST"), 9600), 16);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            byte[] bytes = answer(path, query, variables).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
            if (path.equals("/crash")) {
                System.out.println("told to crash");
                Runtime.getRuntime().halt(7);
            }
        });
        server.start();
        System.out.println("fake node " + variables.get("KVORUM_NAME") + " is up");
    }

    private static String answer(String path, String query, Map<String, String> variables) throws IOException {
        return switch (path) {
            case "/starts" -> Files.readString(Path.of(variables.get("KVORUM_DATA_DIR"), "starts"));
            case "/config" -> Files.readString(Path.of(variables.get("KVORUM_CONFIG")));
            case "/token" -> Files.readString(Path.of(variables.get("KVORUM_ADMIN_TOKEN_FILE")));
            case "/advertise" -> String.valueOf(variables.get("KVORUM_ADVERTISE_HOST"));
            case "/resolve" -> InetAddress.getByName(query).getHostAddress();
            default -> "ok";
        };
    }
}
