package dev.kvorum.core.version;

import dev.kvorum.core.wire.MalformedException;

/** What a sibling's value is. The codes are on disks and wires: they never change. */
public enum Kind {
    /** Deleted; the value is empty. */
    TOMBSTONE(0),
    BYTES(1),
    /** A JSON document, kept as the bytes that the client sent. */
    JSON(2),
    LIST(3),
    MAP(4),
    COUNTER(5),
    SET(6);

    private static final Kind[] BY_CODE = values();

    private final int code;

    Kind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /**
     * The kind with this code.
     *
     * @throws MalformedException if there is none
     */
    public static Kind of(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new MalformedException("unknown kind of value " + code);
        }
        return BY_CODE[code];
    }
}
