package dev.kvorum.server.http;

import dev.kvorum.core.version.Sibling;
import dev.kvorum.server.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Concurrent values in one body, the newest first. */
@SuppressWarnings("ArrayRecordComponent") // written out once, compared by nobody
record SiblingsBody(String contentType, byte[] bytes) {

    private static final Comparator<Sibling> NEWEST_FIRST =
            (left, right) -> left.isNewerThan(right) ? -1 : right.isNewerThan(left) ? 1 : 0;

    /** A JSON array of {@code {"contentType":…,"value":…}}. */
    static SiblingsBody json(List<Sibling> siblings) {
        JsonText json = new JsonText().beginArray();
        for (Sibling sibling : siblings.stream().sorted(NEWEST_FIRST).toList()) {
            json.beginObject().field("contentType", sibling.contentType());
            ValueText.field(sibling, json);
            json.endObject();
        }
        return new SiblingsBody("application/json", json.endArray().toBytes());
    }

    /** A part for each value, with its own content type. */
    static SiblingsBody multipart(List<Sibling> siblings, long digest) {
        String boundary = boundary(siblings, digest);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Sibling sibling : siblings.stream().sorted(NEWEST_FIRST).toList()) {
            out.writeBytes(utf8("--" + boundary + "\r\nContent-Type: " + sibling.contentType() + "\r\nContent-Length: "
                    + sibling.value().length + "\r\n\r\n"));
            out.writeBytes(sibling.value());
            out.writeBytes(utf8("\r\n"));
        }
        out.writeBytes(utf8("--" + boundary + "--\r\n"));
        return new SiblingsBody("multipart/mixed; boundary=" + boundary, out.toByteArray());
    }

    /** A line that none of the values holds. */
    private static String boundary(List<Sibling> siblings, long digest) {
        StringBuilder boundary =
                new StringBuilder("kvorum-").append(HexFormat.of().toHexDigits(digest));
        while (siblings.stream().anyMatch(sibling -> latin(sibling.value()).contains(boundary))) {
            boundary.append('x');
        }
        return boundary.toString();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
