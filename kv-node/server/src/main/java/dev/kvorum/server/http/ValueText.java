package dev.kvorum.server.http;

import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.server.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Values inside JSON documents: JSON as it was sent, text as a string, other bytes in Base64. */
final class ValueText {

    private ValueText() {}

    /** Appends the field {@code value} or {@code valueBase64}. */
    static void field(Sibling sibling, JsonText json) {
        if (sibling.kind() == Kind.JSON) {
            json.name("value").raw(new String(sibling.value(), StandardCharsets.UTF_8));
            return;
        }
        String text = text(sibling.value());
        if (text == null) {
            json.field("valueBase64", Base64.getEncoder().encodeToString(sibling.value()));
        } else {
            json.field("value", text);
        }
    }

    /** The bytes as text, or null when they are no UTF-8. */
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }
}
