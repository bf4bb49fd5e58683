package dev.kvorum.sim.world;

import dev.kvorum.core.node.FrameReader;
import java.util.ArrayDeque;

/**
 * One connection between the same loops of two nodes, as TCP gives it: what one end sends arrives at the other in order
 * and at most once, or not at all once either end has closed.
 */
final class Connection {

    /** One end: the process that holds it, and what is on the way to it. */
    static final class End {
        final Node node;
        final int life;
        boolean open;
        long lastArrivalUs;
        long lastHeardUs;
        final ArrayDeque<byte[]> held = new ArrayDeque<>();
        final FrameReader reader = new FrameReader();

        End(Node node) {
            this.node = node;
            this.life = node.life();
        }

        boolean isOfThisLife() {
            return node.life() == life;
        }
    }

    final int loop;
    final End dialler;
    final End accepter;

    Connection(int loop, Node dialler, Node accepter) {
        this.loop = loop;
        this.dialler = new End(dialler);
        this.accepter = new End(accepter);
    }

    End end(Node node) {
        return dialler.node == node ? dialler : accepter;
    }

    End other(End end) {
        return end == dialler ? accepter : dialler;
    }
}
