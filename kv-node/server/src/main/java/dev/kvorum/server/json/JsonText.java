package dev.kvorum.server.json;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Builds one JSON document, field by field, in the order in which it is asked to. */
public final class JsonText {

    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder out = new StringBuilder(256);
    private boolean first = true;

    public JsonText beginObject() {
        return begin('{');
    }

    public JsonText endObject() {
        return end('}');
    }

    public JsonText beginArray() {
        return begin('[');
    }

    public JsonText endArray() {
        return end(']');
    }

    /** Starts a field; its value follows. */
    public JsonText name(String name) {
        comma();
        quote(name);
        out.append(':');
        first = true;
        return this;
    }

    public JsonText value(@Nullable String text) {
        comma();
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
        return this;
    }

    public JsonText value(long number) {
        comma();
        out.append(number);
        return this;
    }

    JsonText value(boolean bool) {
        comma();
        out.append(bool);
        return this;
    }

    /** A value that is JSON already. */
    public JsonText raw(String json) {
        comma();
        out.append(json);
        return this;
    }

    public JsonText field(String name, @Nullable String text) {
        return name(name).value(text);
    }

    public JsonText field(String name, long number) {
        return name(name).value(number);
    }

    public byte[] toBytes() {
        return utf8(toString());
    }

    /** A document that is text already, as it travels. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private JsonText begin(char bracket) {
        comma();
        out.append(bracket);
        first = true;
        return this;
    }

    private JsonText end(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    private void comma() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < ' ' || c == 0x7F) {
                out.append("\\u").append(HEX.toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
