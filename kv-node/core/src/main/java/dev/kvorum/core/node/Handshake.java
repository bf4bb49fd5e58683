package dev.kvorum.core.node;

import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.replication.LoopShare;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * The first thing each side of a data link says.
 *
 * @param greeting who the sender is, on which volume, under which ring
 * @param loop the sender's event loop that owns this end of the link
 * @param loops how many the sender has
 */
public record Handshake(Greeting greeting, int loop, int loops) {

    /** The version of everything that follows, as spoken by this build. */
    public static final int PROTOCOL = 2;

    private static final int MAGIC = 0x4B564F52;

    public void write(WireWriter out) {
        out.putInt(MAGIC).putVar(PROTOCOL);
        greeting.write(out);
        out.putVar(loop).putVar(loops);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedException when the other side does not speak this protocol
     */
    public static Handshake read(WireReader in) {
        if (in.getInt() != MAGIC) {
            throw new MalformedException("not a Kvorum node: its first bytes are no handshake");
        }
        long protocol = in.getVar();
        if (protocol != PROTOCOL) {
            throw new MalformedException("protocol " + protocol + " is spoken there, " + PROTOCOL + " here");
        }
        return new Handshake(Greeting.read(in), (int) in.getVar(), (int) in.getVar());
    }

    /** Why the sender's loop and this one cannot be one link's ends; null when they can. */
    public @Nullable String mismatch(LoopShare here) {
        return here.loops() == loops && here.loop() == loop
                ? null
                : "loop " + loop + " of " + loops + " there, " + here.loop() + " of " + here.loops()
                        + " here; give all nodes the same number of loops";
    }
}
