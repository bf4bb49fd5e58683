package dev.kvorum.core.authority;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Bounded reading of texts, small numbers and lists: what is too long or no UTF-8 is malformed. */
final class Texts {

    static final int MOST_NAME_BYTES = 253;
    static final int MOST_DETAIL_BYTES = 1_024;

    private Texts() {}

    static String read(WireReader in, int mostBytes) {
        int length = in.getCount(1);
        if (length > mostBytes) {
            throw new MalformedException("a text of " + length + " bytes, at most " + mostBytes + " are read");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.getRaw(length)))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new MalformedException("a text that is not UTF-8: " + notText.getMessage());
        }
    }

    static int smallNumber(WireReader in) {
        long value = in.getVar();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedException("number " + value + " is out of range at offset " + in.position());
        }
        return (int) value;
    }

    static <T> List<T> list(WireReader in, int leastBytesEach, Function<WireReader, T> element) {
        int count = in.getCount(leastBytesEach);
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(element.apply(in));
        }
        return elements;
    }

    /** Cut so that its UTF-8 form fits; what we say ourselves is ASCII, names in it may not be. */
    static String cut(String detail) {
        String kept = detail;
        while (kept.getBytes(StandardCharsets.UTF_8).length > MOST_DETAIL_BYTES) {
            kept = kept.substring(0, kept.length() - 1 - kept.length() / 16);
        }
        return kept;
    }
}
