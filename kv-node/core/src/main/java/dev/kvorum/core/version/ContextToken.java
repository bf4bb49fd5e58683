package dev.kvorum.core.version;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * The opaque text that a client is given with each answer and hands back with its next request: what it was shown of
 * one key.
 *
 * <p>Base64url without padding of: form (1 byte), stamp (8 bytes), version, CRC32C of bucket and key (4 bytes), CRC32C
 * of all before (4 bytes). The key is part of it because sequences are counted per actor: a context used with another
 * key would claim, and so destroy, values that its client never saw.
 *
 * @param version the dots shown
 * @param hlc the highest stamp shown, see {@link Hlc}; 0 when nothing was
 */
public record ContextToken(Version version, long hlc) {

    /** Shown nothing. A write with this context becomes a sibling of whatever there is. */
    public static final ContextToken EMPTY = new ContextToken(Version.EMPTY, 0);

    private static final int FORM = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int MOST_BYTES = Limits.CONTEXT_MOST_CHARACTERS / 4 * 3;

    /**
     * The text to hand out. One that would exceed {@link Limits#CONTEXT_MOST_CHARACTERS} drops its oldest claims, which
     * can only add conflicts.
     */
    public String encode(String bucket, byte[] key) {
        int scope = scope(bucket, key);
        Version shown = version;
        byte[] bytes = bytes(shown, scope);
        while (bytes.length > MOST_BYTES) {
            int claims = shown.vectorSize() + shown.dotCount();
            shown = VersionTrim.withoutOldest(shown, 1 + claims / 16);
            bytes = bytes(shown, scope);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads a token that {@link #encode} made for the same bucket and key.
     *
     * @throws IllegalArgumentException if it is not one; the message says what is wrong with the context
     */
    public static ContextToken parse(String text, String bucket, byte[] key) {
        byte[] bytes = bytesOf(text);
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < CHECKSUM_BYTES || checksum(bytes, end) != intAt(bytes, end)) {
            throw refused("is damaged: use it exactly as it was received");
        }
        if (intAt(bytes, end - CHECKSUM_BYTES) != scope(bucket, key)) {
            throw refused("was given for another key: use the one of this key, or none");
        }
        return read(new WireReader(bytes, 0, end - CHECKSUM_BYTES));
    }

    private static ContextToken read(WireReader in) {
        try {
            int form = in.getByte();
            if (form != FORM) {
                throw refused("has form " + form + ", this node reads form " + FORM + ": read the key again");
            }
            long hlc = in.getLong();
            Version version = Version.read(in);
            in.end();
            return new ContextToken(version, hlc);
        } catch (MalformedException e) {
            throw new IllegalArgumentException("context is malformed: " + e.getMessage(), e);
        }
    }

    private byte[] bytes(Version shown, int scope) {
        WireWriter out = new WireWriter();
        out.putByte(FORM).putLong(hlc);
        shown.write(out);
        out.putInt(scope);
        return out.putInt(checksum(out.array(), out.size())).toBytes();
    }

    private static byte[] bytesOf(String text) {
        if (text.length() > Limits.CONTEXT_MOST_CHARACTERS) {
            throw refused("has " + text.length() + " characters, at most " + Limits.CONTEXT_MOST_CHARACTERS);
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("context is not base64url: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("context " + why);
    }

    private static int scope(String bucket, byte[] key) {
        WireWriter out = new WireWriter(key.length + 64).putText(bucket).putRaw(key);
        return checksum(out.array(), out.size());
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static int intAt(byte[] bytes, int offset) {
        return new WireReader(bytes, offset, Integer.BYTES).getInt();
    }
}
