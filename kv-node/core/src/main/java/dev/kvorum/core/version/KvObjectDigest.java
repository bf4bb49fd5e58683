package dev.kvorum.core.version;

import java.util.zip.CRC32C;

/**
 * A 64-bit hash over version and siblings (dot, kind, content type, expiry, stamp, checksum of the value), equal on all
 * replicas with equal state. Request ids are left out: replicas forget them at different times.
 */
final class KvObjectDigest {

    private static final long SEED = 0x6b766f72756d0001L;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private KvObjectDigest() {}

    static long of(Version version, Sibling[] siblings) {
        long hash = mix(mix(SEED, version.vector), version.dots);
        for (Sibling sibling : siblings) {
            hash = mix(mix(hash, sibling.dot().actor()), sibling.dot().sequence());
            hash = mix(mix(hash, sibling.kind().code()), sibling.contentType().hashCode());
            hash = mix(mix(hash, sibling.expiresAtMs()), sibling.hlc());
            hash = mix(mix(hash, sibling.value().length), checksum(sibling.value()));
        }
        return mix(hash, siblings.length);
    }

    private static long mix(long hash, long[] numbers) {
        long mixed = hash;
        for (long number : numbers) {
            mixed = mix(mixed, number);
        }
        return mix(mixed, numbers.length);
    }

    private static long mix(long hash, long number) {
        long product = (hash ^ number) * ODD;
        return product ^ (product >>> 32);
    }

    private static long checksum(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value, 0, value.length);
        return crc.getValue();
    }
}
