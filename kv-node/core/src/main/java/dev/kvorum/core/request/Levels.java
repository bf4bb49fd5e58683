package dev.kvorum.core.request;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/**
 * How many replicas must answer.
 *
 * @param read replicas whose state a read covers, 1..N
 * @param write replicas that must hold a write before it is acknowledged, 1..N
 * @param durability what holding means
 * @param zones distinct zones among the acknowledging replicas, at least 1
 */
public record Levels(int read, int write, Durability durability, int zones) {

    public Levels {
        if (!areLevels(read, write, zones)) {
            throw new IllegalArgumentException(
                    "levels r=" + read + " w=" + write + " zones=" + zones + " must be 1..127");
        }
    }

    /** Live replicas without which reads or writes of these levels fail. */
    public int replicas() {
        return Math.max(read, write);
    }

    private static boolean areLevels(int read, int write, int zones) {
        return read >= 1 && write >= 1 && zones >= 1 && read <= 127 && write <= 127 && zones <= 127;
    }

    void write(WireWriter out) {
        out.putByte(read).putByte(write).putEnum(durability).putByte(zones);
    }

    static Levels read(WireReader in) {
        int read = in.getByte();
        int write = in.getByte();
        Durability durability = in.getEnum(Durability.values());
        int zones = in.getByte();
        if (!areLevels(read, write, zones)) {
            throw new MalformedException("levels r=" + read + " w=" + write + " zones=" + zones);
        }
        return new Levels(read, write, durability, zones);
    }
}
