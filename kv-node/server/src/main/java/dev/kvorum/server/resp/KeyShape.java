package dev.kvorum.server.resp;

import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;

/** How the answer to a command on one key looks. Of concurrent values the one with the newest stamp is shown. */
@FunctionalInterface
interface KeyShape {

    /** Whether the condition of a write held. */
    enum Met {
        YES,
        NO
    }

    /**
     * Writes one reply.
     *
     * @param object what was read, or what was there before the write
     * @param nowMs by which values are live or expired
     */
    void write(KvObject object, long nowMs, Met met, RespWriter out);

    /** The value, or null. */
    KeyShape VALUE = (object, nowMs, met, out) -> {
        Sibling newest = object.newest(nowMs);
        if (newest == null) {
            out.nothing();
        } else if (isText(newest)) {
            out.bulk(newest.value());
        } else {
            out.error(ErrorLines.WRONG_TYPE);
        }
    };

    /** OK when written, null when the condition did not hold. */
    KeyShape OK_OR_NULL = (object, nowMs, met, out) -> {
        if (met == Met.YES) {
            out.ok();
        } else {
            out.nothing();
        }
    };

    /** 1 when written, 0 when the condition did not hold. */
    KeyShape ONE_IF_MET = (object, nowMs, met, out) -> out.number(met == Met.YES ? 1 : 0);

    /** 1 when the value had an expiry that this write removed. */
    KeyShape ONE_IF_PERSISTED = (object, nowMs, met, out) -> {
        Sibling newest = object.newest(nowMs);
        out.number(newest != null && newest.expiresAtMs() != 0 ? 1 : 0);
    };

    /** 1 when there is, or was, a value. */
    KeyShape ONE_IF_LIVE = (object, nowMs, met, out) -> out.number(object.newest(nowMs) == null ? 0 : 1);

    /** The length of the value in bytes, 0 without one. */
    KeyShape LENGTH = (object, nowMs, met, out) -> {
        Sibling newest = object.newest(nowMs);
        out.number(newest == null ? 0 : newest.value().length);
    };

    /** The type of the value as Redis names it. */
    KeyShape TYPE = (object, nowMs, met, out) -> {
        Sibling newest = object.newest(nowMs);
        out.simple(newest == null ? "none" : typeOf(newest));
    };

    /** Seconds until the value expires, rounded; -1 when it never does, -2 without a value. */
    KeyShape TTL_SECONDS = (object, nowMs, met, out) -> {
        long ms = ttlMs(object, nowMs);
        out.number(ms < 0 ? ms : (ms + 500) / 1_000);
    };

    /** Milliseconds until the value expires; -1 when it never does, -2 without a value. */
    KeyShape TTL_MS = (object, nowMs, met, out) -> out.number(ttlMs(object, nowMs));

    /** Whether a value is one that string commands read. */
    static boolean isText(Sibling sibling) {
        return switch (sibling.kind()) {
            case BYTES, JSON -> true;
            case TOMBSTONE, LIST, MAP, COUNTER, SET -> false;
        };
    }

    /** The type of a value as Redis names it. */
    static String typeOf(Sibling sibling) {
        return switch (sibling.kind()) {
            case BYTES, JSON, COUNTER -> "string";
            case LIST -> "list";
            case MAP -> "hash";
            case SET -> "set";
            case TOMBSTONE -> "none";
        };
    }

    private static long ttlMs(KvObject object, long nowMs) {
        Sibling newest = object.newest(nowMs);
        if (newest == null) {
            return -2;
        }
        return newest.expiresAtMs() == 0 ? -1 : newest.expiresAtMs() - nowMs;
    }
}
