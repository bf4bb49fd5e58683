package dev.kvorum.server.node;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One command over one connection, and the raw reply up to where the server has said it all. */
final class Redis {

    private static final int PORT = 6379;
    private static final int TIMEOUT_MS = 10_000;

    private Redis() {}

    static String call(String host, String... words) throws IOException {
        StringBuilder request = new StringBuilder();
        append(request, words);
        append(request, "QUIT");
        try (Socket socket = new Socket(host, PORT)) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return all.substring(0, all.lastIndexOf("+OK\r\n"));
        }
    }

    private static void append(StringBuilder request, String... words) {
        request.append('*').append(words.length).append("\r\n");
        for (String word : words) {
            request.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
    }
}
