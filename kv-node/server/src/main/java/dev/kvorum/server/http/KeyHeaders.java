package dev.kvorum.server.http;

import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.version.ContextToken;
import dev.kvorum.core.version.Limits;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.web.Refused;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a data request say.
 *
 * @param context null when none was sent
 * @param ifNoneMatch of a read; null when none was sent
 */
record KeyHeaders(
        @Nullable ContextToken context,
        Condition condition,
        Expiry expiry,
        @Nullable String ifNoneMatch) {

    private static final String OCTETS = "application/octet-stream";
    private static final long TTL_MOST_MS = 1L << 47;
    private static final String LATER = " is not supported in this release";

    /** Reads and checks the headers; {@code key} is what a context must belong to. */
    static KeyHeaders of(HttpServerRequest request, Founded.Bucket bucket, byte[] key) {
        MultiMap headers = request.headers();
        String context = null;
        String ttl = null;
        String ifMatch = null;
        String ifNoneMatch = null;
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            switch (name.length()) {
                case 8 -> ifMatch = take(name, "If-Match", header, ifMatch);
                case 10 -> ttl = take(name, "Kvorum-TTL", header, ttl);
                case 13 -> ifNoneMatch = take(name, "If-None-Match", header, ifNoneMatch);
                case 14 -> context = take(name, "Kvorum-Context", header, context);
                default -> refuseUnknown(name);
            }
        }
        HttpMethod method = request.method();
        Expiry expiry = ttl == null ? Expiry.NEVER : expiry(ttl, method);
        ContextToken token = context == null ? null : context(context, bucket, key);
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        Condition condition = condition(ifMatch, reads ? null : ifNoneMatch, method);
        return new KeyHeaders(token, condition, expiry, reads ? ifNoneMatch : null);
    }

    /** The content type to keep with a value. */
    static String contentType(HttpServerRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Refused.badRequest("Content-Encoding is \"" + encoding + "\"; send the value as it is to be kept");
        }
        List<String> given = request.headers().getAll("Content-Type");
        if (given.isEmpty()) {
            return OCTETS;
        }
        String type = given.getFirst();
        if (given.size() > 1 || type.isBlank() || type.length() > Limits.CONTENT_TYPE_MOST_CHARACTERS) {
            throw Refused.badRequest(
                    "Content-Type must be one header of 1 to " + Limits.CONTENT_TYPE_MOST_CHARACTERS + " characters");
        }
        return type;
    }

    private static @Nullable String take(
            String name, String known, Map.Entry<String, String> header, @Nullable String before) {
        if (!name.equalsIgnoreCase(known)) {
            refuseUnknown(name);
            return before;
        }
        if (before != null) {
            throw Refused.badRequest("header " + known + " is given twice");
        }
        return header.getValue();
    }

    private static void refuseUnknown(String name) {
        if (name.equalsIgnoreCase("Idempotency-Key") || name.equalsIgnoreCase("Kvorum-Attempt")) {
            throw Refused.badRequest("header " + name + LATER);
        }
        if (name.regionMatches(true, 0, "Kvorum-", 0, 7)) {
            throw Refused.badRequest(
                    "header " + name + " is unknown; a data request knows Kvorum-Context and Kvorum-TTL");
        }
    }

    private static Expiry expiry(String ttl, HttpMethod method) {
        if (!method.equals(HttpMethod.PUT)) {
            throw Refused.badRequest("header Kvorum-TTL belongs to PUT, not to " + method);
        }
        return new Expiry.After(Duration.parseMs(ttl.toLowerCase(Locale.ROOT), "header Kvorum-TTL", TTL_MOST_MS));
    }

    private static ContextToken context(String text, Founded.Bucket bucket, byte[] key) {
        try {
            return ContextToken.parse(text, bucket.name(), key);
        } catch (IllegalArgumentException wrong) {
            throw Refused.badRequest("header Kvorum-Context: " + wrong.getMessage());
        }
    }

    private static Condition condition(@Nullable String ifMatch, @Nullable String ifNoneMatch, HttpMethod method) {
        if (ifNoneMatch != null) {
            if (!method.equals(HttpMethod.PUT) || !ifNoneMatch.strip().equals("*")) {
                throw Refused.badRequest(
                        "If-None-Match is " + ifNoneMatch + "; a write knows only * and only with PUT");
            }
            if (ifMatch != null) {
                throw Refused.badRequest("If-Match and If-None-Match exclude each other; send one of them");
            }
            return new Condition.Absent();
        }
        if (ifMatch == null) {
            return Condition.NONE;
        }
        String wanted = ifMatch.strip();
        return wanted.equals("*") ? new Condition.Present() : new Condition.Matches(Etag.digest(wanted));
    }
}
