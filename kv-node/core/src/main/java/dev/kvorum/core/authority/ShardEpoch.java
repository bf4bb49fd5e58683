package dev.kvorum.core.authority;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/** One shard's entry at one epoch, as a member says that it has adopted it. */
public record ShardEpoch(int shard, long epoch) {

    static ShardEpoch read(WireReader in) {
        return new ShardEpoch(Texts.smallNumber(in), in.getVar());
    }

    void write(WireWriter out) {
        out.putVar(shard).putVar(epoch);
    }
}
