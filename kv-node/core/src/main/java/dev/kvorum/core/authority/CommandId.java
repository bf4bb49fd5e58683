package dev.kvorum.core.authority;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names one command through all its retries: 128 random bits. */
public record CommandId(long high, long low) {

    static final int BYTES = 16;

    static CommandId mint(RandomGenerator random) {
        return new CommandId(random.nextLong(), random.nextLong());
    }

    static CommandId read(WireReader in) {
        return new CommandId(in.getLong(), in.getLong());
    }

    void write(WireWriter out) {
        out.putLong(high).putLong(low);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
