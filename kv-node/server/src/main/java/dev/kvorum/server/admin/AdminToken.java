package dev.kvorum.server.admin;

import dev.kvorum.server.json.Problem;
import dev.kvorum.server.web.Refused;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token of the admin door, kept in a file that may be replaced at any time. Tokens are compared by digest in
 * constant time, so that neither their length nor their beginning can be found out by measuring.
 */
final class AdminToken {

    private static final String SCHEME = "Bearer ";

    private final @Nullable Path file;
    private @Nullable FileTime readAt;
    private byte @Nullable [] digest;

    /** @param file null when everybody may administer this node */
    AdminToken(@Nullable Path file) {
        this.file = file;
    }

    /** Refuses a request that does not carry the token. */
    void check(HttpServerRequest request) {
        Path current = file;
        if (current == null) {
            return;
        }
        byte[] wanted = digestOf(current);
        List<String> given = request.headers().getAll("Authorization");
        String header = given.size() == 1 ? given.getFirst() : "";
        boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        byte[] sent = digest(bearer ? header.substring(SCHEME.length()).strip() : "");
        if (wanted == null || !bearer || !MessageDigest.isEqual(wanted, sent)) {
            request.response().putHeader("WWW-Authenticate", "Bearer realm=\"kvorum-admin\"");
            throw new Refused(Problem.of(401, "unauthenticated", why(wanted, bearer)));
        }
    }

    private static String why(byte @Nullable [] wanted, boolean bearer) {
        if (wanted == null) {
            return "the file of adminTokenFile cannot be read or is empty; until it can, nobody is let in";
        }
        return bearer
                ? "the token is not the one in the file of adminTokenFile"
                : "send the header Authorization: Bearer with the token of adminTokenFile";
    }

    /** Reads the file again when it is another than at the last look; null when it holds no token. */
    private byte @Nullable [] digestOf(Path current) {
        try {
            FileTime changedAt = Files.getLastModifiedTime(current);
            if (!changedAt.equals(readAt)) {
                String token = Files.readString(current).strip();
                digest = token.isEmpty() ? null : digest(token);
                readAt = changedAt;
            }
        } catch (IOException unreadable) {
            digest = null;
            readAt = null;
        }
        return digest;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
