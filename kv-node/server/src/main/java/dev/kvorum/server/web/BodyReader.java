package dev.kvorum.server.web;

import dev.kvorum.core.request.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Collects a request's body up to a limit. A longer one is refused at its announced length, or when it passes the
 * limit; what still arrives is thrown away so that the client reads the answer, and a client that goes on too long is
 * cut off.
 */
public final class BodyReader {

    private static final int THROWN_AWAY_MOST_BYTES = 1_048_576;

    private final HttpServerRequest request;
    private final int mostBytes;
    private final Consumer<byte[]> whole;
    private final Consumer<Refused> refused;
    private byte[] bytes;
    private int size;
    private long thrownAway;
    private boolean over;

    private BodyReader(
            HttpServerRequest request,
            int mostBytes,
            int firstBytes,
            Consumer<byte[]> whole,
            Consumer<Refused> refused) {
        this.request = request;
        this.mostBytes = mostBytes;
        this.whole = whole;
        this.refused = refused;
        this.bytes = new byte[firstBytes];
    }

    /** Must be called in the request's handler; calls back once, on the same loop, unless the client goes away. */
    public static void read(
            HttpServerRequest request, int mostBytes, Consumer<byte[]> whole, Consumer<Refused> refused) {
        long announced = announced(request);
        int first = Math.clamp(announced, 0, mostBytes);
        BodyReader reader = new BodyReader(request, mostBytes, first, whole, refused);
        request.handler(reader::onBytes);
        request.endHandler(ended -> reader.onEnd());
        if (announced > mostBytes) {
            reader.refuse("a body of " + announced + " bytes");
        } else if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    /** Lets the rest of a body pass that nobody wants. */
    public static void throwAway(HttpServerRequest request) {
        BodyReader reader = new BodyReader(request, 0, 0, body -> {}, late -> {});
        reader.over = true;
        request.handler(reader::onBytes);
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException unreadable) {
            throw Refused.badRequest("Content-Length is \"" + length + "\"; use a number of bytes");
        }
    }

    private void onBytes(Buffer buffer) {
        int more = buffer.length();
        if (over) {
            thrownAway += more;
            if (thrownAway > THROWN_AWAY_MOST_BYTES) {
                request.connection().close();
            }
            return;
        }
        if (size + more > mostBytes) {
            refuse("a body of more than " + mostBytes + " bytes");
            return;
        }
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.min(mostBytes, Math.max(bytes.length * 2, size + more)));
        }
        buffer.getBytes(bytes, size);
        size += more;
    }

    private void onEnd() {
        if (!over) {
            over = true;
            whole.accept(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        }
    }

    private void refuse(String what) {
        over = true;
        bytes = new byte[0];
        refused.accept(Refused.tooLarge(
                ErrorCode.VALUE_TOO_LARGE, what + "; at most " + mostBytes + " bytes are left for it beside the key"));
    }
}
