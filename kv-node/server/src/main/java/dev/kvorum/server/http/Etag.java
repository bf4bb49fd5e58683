package dev.kvorum.server.http;

import dev.kvorum.server.web.Refused;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A strong entity tag: the digest of an object as 16 hex digits in quotes, equal on all replicas. */
final class Etag {

    private static final Pattern FORM = Pattern.compile("\"[0-9a-f]{16}\"");
    private static final Pattern LIST = Pattern.compile("\\s*,\\s*");
    private static final HexFormat HEX = HexFormat.of();

    private Etag() {}

    static String of(long digest) {
        return '"' + HEX.toHexDigits(digest) + '"';
    }

    /** The digest in the one tag of an {@code If-Match} header. */
    static long digest(String header) {
        if (!FORM.matcher(header).matches()) {
            throw Refused.badRequest(
                    "If-Match is " + header + "; use * or one ETag exactly as it was received, in quotes");
        }
        return HexFormat.fromHexDigitsToLong(header, 1, 17);
    }

    /**
     * Whether an {@code If-None-Match} header names this digest; weak tags compare like strong ones, as RFC 9110 says.
     */
    static boolean isNamedIn(String header, long digest) {
        String tag = of(digest);
        return LIST.splitAsStream(header.strip())
                .anyMatch(named -> named.equals("*") || named.equals(tag) || named.equals("W/" + tag));
    }
}
