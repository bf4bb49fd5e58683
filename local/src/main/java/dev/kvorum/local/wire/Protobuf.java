package dev.kvorum.local.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.wire.Messages.Field;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Reads the Kubernetes protobuf form of an object into JSON. */
public final class Protobuf {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private Protobuf() {}

    public static ObjectNode read(byte[] body) throws UnreadableException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(body);
            for (byte expected : MAGIC) {
                if (buffer.get() != expected) {
                    throw new UnreadableException("the body does not start like a Kubernetes protobuf message");
                }
            }
            return envelope(buffer);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new UnreadableException("the protobuf body ends too early or holds an impossible length");
        }
    }

    /** {@code runtime.Unknown}: 1 is the type, with 1 apiVersion and 2 kind; 2 is the object. */
    private static ObjectNode envelope(ByteBuffer buffer) throws UnreadableException {
        String apiVersion = "";
        String kind = "";
        ByteBuffer object = ByteBuffer.allocate(0);
        while (buffer.hasRemaining()) {
            int number = (int) varint(buffer) >>> 3;
            ByteBuffer content = bytes(buffer);
            if (number == 1) {
                while (content.hasRemaining()) {
                    int field = (int) varint(content) >>> 3;
                    String text = text(bytes(content));
                    apiVersion = field == 1 ? text : apiVersion;
                    kind = field == 2 ? text : kind;
                }
            } else if (number == 2) {
                object = content;
            }
        }
        if (!Messages.knows(kind)) {
            throw new UnreadableException("a " + kind + " as protobuf");
        }
        ObjectNode read = message(kind, object);
        return read.put("apiVersion", apiVersion).put("kind", kind);
    }

    private static ObjectNode message(String type, ByteBuffer buffer) throws UnreadableException {
        ObjectNode object = Json.object();
        while (buffer.hasRemaining()) {
            int tag = (int) varint(buffer);
            Field field = Messages.field(type, tag >>> 3);
            if (field == null) {
                throw new UnreadableException("field " + (tag >>> 3) + " of a " + type + " as protobuf");
            }
            switch (tag & 7) {
                case VARINT -> number(object, field, varint(buffer));
                case BYTES -> content(object, field, bytes(buffer));
                default -> throw new UnreadableException(type + "." + field.name() + " in an unknown wire type");
            }
        }
        return object;
    }

    private static void number(ObjectNode object, Field field, long value) {
        if (value == 0 && !field.keepsZero()) {
            return;
        }
        if (field.type().equals("bool")) {
            object.put(field.name(), value != 0);
        } else {
            object.put(field.name(), value);
        }
    }

    private static void content(ObjectNode object, Field field, ByteBuffer content) throws UnreadableException {
        switch (field.type()) {
            case "string" -> text(object, field, text(content));
            case "map" -> entry(Json.child(object, field.name()), content, false);
            case "bytesMap" -> entry(Json.child(object, field.name()), content, true);
            case "time" -> time(object, field, content);
            case "intOrString" -> intOrString(object, field, content);
            default -> {
                ObjectNode inner = message(field.type(), content);
                if (field.isList()) {
                    object.withArray(field.name()).add(inner);
                } else if (!inner.isEmpty()) {
                    object.set(field.name(), inner);
                }
            }
        }
    }

    private static void text(ObjectNode object, Field field, String text) {
        if (field.isList()) {
            object.withArray(field.name()).add(text);
        } else if (!text.isEmpty()) {
            object.put(field.name(), text);
        }
    }

    private static void entry(ObjectNode map, ByteBuffer content, boolean isBinary) throws UnreadableException {
        String key = "";
        String value = "";
        while (content.hasRemaining()) {
            int number = (int) varint(content) >>> 3;
            ByteBuffer part = bytes(content);
            if (number == 1) {
                key = text(part);
            } else {
                value = isBinary ? base64(part) : text(part);
            }
        }
        map.put(key, value);
    }

    private static void time(ObjectNode object, Field field, ByteBuffer content) throws UnreadableException {
        long seconds = 0;
        while (content.hasRemaining()) {
            int number = (int) varint(content) >>> 3;
            long value = varint(content);
            seconds = number == 1 ? value : seconds;
        }
        if (seconds != 0) {
            object.put(field.name(), Instant.ofEpochSecond(seconds).toString());
        }
    }

    /** 1 says which, 0 a number; 2 is the number, 3 the text. */
    private static void intOrString(ObjectNode object, Field field, ByteBuffer content) throws UnreadableException {
        boolean isText = false;
        long number = 0;
        String text = "";
        while (content.hasRemaining()) {
            int tag = (int) varint(content);
            switch (tag >>> 3) {
                case 1 -> isText = varint(content) == 1;
                case 2 -> number = varint(content);
                case 3 -> text = text(bytes(content));
                default -> throw new UnreadableException("field " + (tag >>> 3) + " of a number or string");
            }
        }
        if (isText) {
            object.put(field.name(), text);
        } else {
            object.put(field.name(), number);
        }
    }

    private static long varint(ByteBuffer buffer) throws UnreadableException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = buffer.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new UnreadableException("a number longer than ten bytes");
    }

    private static ByteBuffer bytes(ByteBuffer buffer) throws UnreadableException {
        long length = varint(buffer);
        if (length < 0 || length > buffer.remaining()) {
            throw new UnreadableException("a length beyond the end of the body");
        }
        ByteBuffer content = buffer.slice(buffer.position(), (int) length);
        buffer.position(buffer.position() + (int) length);
        return content;
    }

    private static String text(ByteBuffer content) {
        return StandardCharsets.UTF_8.decode(content).toString();
    }

    private static String base64(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
