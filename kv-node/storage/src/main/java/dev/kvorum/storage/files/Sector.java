package dev.kvorum.storage.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * 512 bytes, the unit that a disk writes whole: magic, content, and the CRC-32C of all before it in the last four
 * bytes.
 */
final class Sector {

    static final int BYTES = 512;
    private static final int CRC_AT = BYTES - Integer.BYTES;

    private Sector() {}

    /** An empty sector, positioned after its magic. */
    static ByteBuffer begin(long magic) {
        return ByteBuffer.allocate(BYTES).limit(CRC_AT).putLong(magic);
    }

    /** Adds the checksum and makes the sector ready to be written out. */
    static ByteBuffer seal(ByteBuffer sector) {
        sector.clear();
        return sector.putInt(CRC_AT, crc(sector));
    }

    /** The content of a sealed sector, after its magic; empty when magic or checksum do not match. */
    static Optional<ByteBuffer> open(ByteBuffer sector, long magic) {
        if (sector.remaining() != BYTES) {
            return Optional.empty();
        }
        ByteBuffer content = sector.slice();
        boolean intact = content.getInt(CRC_AT) == crc(content) && content.getLong(0) == magic;
        return intact ? Optional.of(content.position(Long.BYTES).limit(CRC_AT)) : Optional.empty();
    }

    static void writeText(String text, ByteBuffer out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) bytes.length).put(bytes);
    }

    static String readText(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int crc(ByteBuffer sector) {
        CRC32C crc = new CRC32C();
        crc.update(sector.slice(0, CRC_AT));
        return (int) crc.getValue();
    }
}
