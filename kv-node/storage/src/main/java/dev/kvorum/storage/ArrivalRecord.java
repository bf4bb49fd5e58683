package dev.kvorum.storage;

import dev.kvorum.storage.Arrival.FormerVolume;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Arrival} as the meta family keeps it: no record, an empty one, or {@code [volume 16 bytes][boot u64]}. */
final class ArrivalRecord {

    private static final int VOLUME_BYTES = 16;

    private ArrivalRecord() {}

    static byte[] anew(Optional<FormerVolume> former) {
        return former.map(ArrivalRecord::bytes).orElseGet(() -> new byte[0]);
    }

    static Arrival read(byte @Nullable [] kept) {
        if (kept == null) {
            return new Arrival.Kept();
        }
        return new Arrival.Anew(kept.length == 0 ? Optional.empty() : Optional.of(former(ByteBuffer.wrap(kept))));
    }

    private static byte[] bytes(FormerVolume former) {
        return ByteBuffer.allocate(VOLUME_BYTES + Long.BYTES)
                .put(HexFormat.of().parseHex(former.volumeId()))
                .putLong(former.boot())
                .array();
    }

    private static FormerVolume former(ByteBuffer kept) {
        byte[] volume = new byte[VOLUME_BYTES];
        kept.get(volume);
        return new FormerVolume(HexFormat.of().formatHex(volume), kept.getLong());
    }
}
