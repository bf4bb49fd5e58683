package dev.kvorum.core.version;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of an object: form (1 byte), version, number of siblings, each sibling, CRC32C of all before (4 bytes).
 *
 * <p>A sibling: actor (8 bytes), sequence, kind (1 byte), content type, expiry, stamp (8 bytes), request id, value. A
 * content type is a number above 0 for the usual ones, else 0 and the text. What has no size here is variable-length.
 */
final class KvObjectCodec {

    private static final int FORM = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int LEAST_BYTES_PER_SIBLING = 2 * Long.BYTES + 6;
    private static final int USUAL_OVERHEAD_BYTES = 80;

    /** Their places are their numbers on disks and wires: append only. The first stands for "spelled out". */
    private static final List<String> USUAL_TYPES = List.of(
            "spelled out",
            "",
            "application/octet-stream",
            "application/json",
            "text/plain",
            "text/plain; charset=utf-8",
            "text/plain;charset=utf-8",
            "application/x-www-form-urlencoded");

    private KvObjectCodec() {}

    static byte[] encode(Sibling[] siblings, Version version) {
        WireWriter out = new WireWriter(capacity(siblings));
        out.putByte(FORM);
        version.write(out);
        out.putVar(siblings.length);
        for (Sibling sibling : siblings) {
            write(sibling, out);
        }
        return out.putInt(checksum(out.array(), out.size())).toBytes();
    }

    static KvObject decode(byte[] bytes) {
        int end = bytes.length - CHECKSUM_BYTES;
        if (end < 0 || checksum(bytes, end) != new WireReader(bytes, end, CHECKSUM_BYTES).getInt()) {
            throw new MalformedException("object of " + bytes.length + " bytes is damaged: its checksum differs");
        }
        WireReader in = new WireReader(bytes, 0, end);
        int form = in.getByte();
        if (form != FORM) {
            throw new MalformedException("object in form " + form + ", this node reads form " + FORM);
        }
        Version version = Version.read(in);
        Sibling[] siblings = new Sibling[in.getCount(LEAST_BYTES_PER_SIBLING)];
        for (int i = 0; i < siblings.length; i++) {
            siblings[i] = read(in);
            checkPlace(siblings, i, version);
        }
        in.end();
        return siblings.length == 0 && version.isEmpty() ? KvObject.ABSENT : new KvObject(siblings, version);
    }

    private static void write(Sibling sibling, WireWriter out) {
        Dot dot = sibling.dot();
        out.putLong(dot.actor()).putVar(dot.sequence()).putByte(sibling.kind().code());
        int type = USUAL_TYPES.lastIndexOf(sibling.contentType());
        out.putByte(Math.max(0, type));
        if (type <= 0) {
            out.putText(sibling.contentType());
        }
        out.putVar(sibling.expiresAtMs()).putLong(sibling.hlc());
        out.putBytes(sibling.requestId()).putBytes(sibling.value());
    }

    private static Sibling read(WireReader in) {
        long actor = in.getLong();
        long sequence = in.getVar();
        Kind kind = Kind.of(in.getByte());
        String contentType = readType(in);
        long expiresAtMs = in.getVar();
        long hlc = in.getLong();
        byte[] requestId = in.getBytes();
        byte[] value = in.getBytes();
        expect(sequence > 0, "a sequence above 2^63", in);
        expect(expiresAtMs >= 0, "an expiry above 2^63", in);
        expect(requestId.length <= Limits.REQUEST_ID_MOST_BYTES, "a request id above its limit", in);
        expect(contentType.length() <= Limits.CONTENT_TYPE_MOST_CHARACTERS, "a content type above its limit", in);
        expect(kind != Kind.TOMBSTONE || value.length == 0, "a value in a tombstone", in);
        return new Sibling(new Dot(actor, sequence), kind, contentType, expiresAtMs, hlc, requestId, value);
    }

    private static String readType(WireReader in) {
        int type = in.getByte();
        expect(type < USUAL_TYPES.size(), "an unknown content type number", in);
        return type == 0 ? in.getText() : USUAL_TYPES.get(type);
    }

    /** A merge relies on both: an uncovered sibling would come back after every overwrite. */
    private static void checkPlace(Sibling[] siblings, int i, Version version) {
        Dot dot = siblings[i].dot();
        if (i > 0 && siblings[i - 1].dot().compareTo(dot) >= 0) {
            throw new MalformedException("object with sibling " + dot + " out of order");
        }
        if (!version.covers(dot)) {
            throw new MalformedException("object at " + version + " that does not cover its sibling " + dot);
        }
    }

    private static void expect(boolean holds, String what, WireReader in) {
        if (!holds) {
            throw new MalformedException("object with " + what + " before offset " + in.position());
        }
    }

    private static int capacity(Sibling[] siblings) {
        int capacity = USUAL_OVERHEAD_BYTES;
        for (Sibling sibling : siblings) {
            capacity += USUAL_OVERHEAD_BYTES + sibling.value().length;
        }
        return capacity;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
