package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;
import java.util.Comparator;

/**
 * One copy of the log: a node together with the volume on which the copy lies. What a former volume promised in the log
 * binds no new one, so a node that came back without its content has another seat.
 *
 * @param volume {@link #FOUNDING} as long as the node lives on the volume on which it took the founding document: the
 *     document names nodes only, and all founders must write the same seats
 */
public record Seat(NodeId node, VolumeId volume) implements Comparable<Seat> {

    public static final VolumeId FOUNDING = new VolumeId(0, 0);

    private static final Comparator<Seat> ORDER = Comparator.comparing(Seat::node)
            .thenComparing(seat -> seat.volume().high(), Long::compareUnsigned)
            .thenComparing(seat -> seat.volume().low(), Long::compareUnsigned);

    @Override
    public int compareTo(Seat that) {
        return ORDER.compare(this, that);
    }
}
