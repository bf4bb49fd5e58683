package dev.kvorum.core.authority;

import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;

/**
 * What a starting node says of itself when it registers.
 *
 * @param clusterId of the cluster it belongs to, by what its volume or its set-up says
 * @param generation of that cluster, as far as it knows; {@link #NO_GENERATION} while it holds no state of any
 * @param node who it is and where it is reached
 * @param volume which start of which volume this is
 * @param featureLevel the highest its build knows
 */
public record Start(String clusterId, long generation, RingNode node, VolumeStart volume, int featureLevel) {

    /** Of a node that holds nothing, and so nothing that a recovery has made void. */
    public static final long NO_GENERATION = 0;

    static Start read(WireReader in) {
        return new Start(
                Texts.read(in, Texts.MOST_NAME_BYTES),
                in.getVar(),
                RingNode.read(in),
                VolumeStart.read(in),
                Texts.smallNumber(in));
    }

    void write(WireWriter out) {
        out.putText(clusterId).putVar(generation);
        node.write(out);
        volume.write(out);
        out.putVar(featureLevel);
    }
}
