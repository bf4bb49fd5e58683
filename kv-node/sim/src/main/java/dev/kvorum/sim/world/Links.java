package dev.kvorum.sim.world;

import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.sim.world.Connection.End;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The links of one process: one connection per peer and loop, dialled by the node with the lower number, dialled again
 * when it breaks, and given up when it stays silent. Either end learns of the other's end late, or only from silence.
 */
final class Links {

    private static final long LEAST_PAUSE_US = 50_000;
    private static final long MOST_PAUSE_US = 1_000_000;
    private static final long SILENT_US = 10_000_000;
    private static final long SWEEP_US = 500_000;

    private final Node node;
    private final World world;
    private final @Nullable Connection[][] current;
    private final CRC32C checksum = new CRC32C();

    Links(Node node, World world) {
        this.node = node;
        this.world = world;
        this.current =
                new @Nullable Connection[world.settings().loops()][world.nodes().size()];
    }

    void begin() {
        for (int loop = 0; loop < current.length; loop++) {
            for (int peer = node.index() + 1; peer < world.nodes().size(); peer++) {
                dial(loop, peer, LEAST_PAUSE_US);
            }
        }
        node.later(SWEEP_US, this::sweep);
    }

    // ---- making and breaking

    private void dial(int loop, int peer, long pauseUs) {
        if (current[loop][peer] != null) {
            return;
        }
        Node other = world.nodes().get(peer);
        if (other.isServing() && world.network().isOpenBothWays(node.index(), peer)) {
            Connection connection = new Connection(loop, node, other);
            other.later(2 * world.network().delayUs(), () -> other.links().accept(connection));
        }
        long nextUs = Math.min(MOST_PAUSE_US, 2 * pauseUs);
        node.later(pauseUs, () -> dial(loop, peer, nextUs));
    }

    private void accept(Connection connection) {
        End dialler = connection.dialler;
        if (!dialler.isOfThisLife() || !world.network().isOpenBothWays(node.index(), dialler.node.index())) {
            return;
        }
        open(connection.accepter, connection);
        dialler.node.later(world.network().delayUs(), () -> dialler.node.links().established(connection));
    }

    private void established(Connection connection) {
        int peer = connection.accepter.node.index();
        if (current[connection.loop][peer] == null && connection.accepter.open) {
            open(connection.dialler, connection);
        } else {
            hangUp(connection.accepter);
        }
    }

    /** The newer connection takes the place of an older one whose end nobody noticed. */
    private void open(End end, Connection connection) {
        int peer = connection.other(end).node.index();
        Connection former = current[connection.loop][peer];
        if (former != null) {
            former.end(node).open = false;
        }
        end.open = true;
        end.lastHeardUs = world.schedule().nowUs();
        current[connection.loop][peer] = connection;
        node.loop(connection.loop).step(new ReplicationInput.LinkOpened(world.idOf(peer)));
    }

    private void close(End end, Connection connection) {
        if (!end.open) {
            return;
        }
        end.open = false;
        int peer = connection.other(end).node.index();
        current[connection.loop][peer] = null;
        node.loop(connection.loop).step(new ReplicationInput.LinkClosed(world.idOf(peer)));
        if (end == connection.dialler) {
            node.later(LEAST_PAUSE_US, () -> dial(connection.loop, peer, LEAST_PAUSE_US));
        }
    }

    /** Breaks the links to a peer at this end now and, if word gets through, at the other end a little later. */
    void breakLinks(int peer) {
        for (@Nullable Connection[] ofLoop : current) {
            Connection connection = ofLoop[peer];
            if (connection != null) {
                close(connection.end(node), connection);
                tellOther(connection, connection.end(node));
            }
        }
    }

    /** The process ended and its kernel says so to whoever can hear it. */
    void onProcessEnded() {
        for (@Nullable Connection[] ofLoop : current) {
            for (Connection connection : ofLoop) {
                if (connection != null) {
                    connection.end(node).open = false;
                    tellOther(connection, connection.end(node));
                }
            }
        }
    }

    /** The machine ended without a word. */
    void onMachineEnded() {
        for (@Nullable Connection[] ofLoop : current) {
            for (Connection connection : ofLoop) {
                if (connection != null) {
                    connection.end(node).open = false;
                }
            }
        }
    }

    private void tellOther(Connection connection, End end) {
        End other = connection.other(end);
        if (world.network().isOpen(end.node.index(), other.node.index())) {
            long arrivalUs = Math.max(world.schedule().nowUs() + world.network().delayUs(), other.lastArrivalUs);
            world.schedule().after(arrivalUs - world.schedule().nowUs(), () -> hangUp(other, connection));
        }
    }

    private static void hangUp(End end, Connection connection) {
        if (end.isOfThisLife()) {
            end.node.run(end.life, () -> end.node.links().close(end, connection));
        }
    }

    private void hangUp(End end) {
        end.node.later(world.network().delayUs(), () -> {
            for (@Nullable Connection[] ofLoop : end.node.links().current) {
                Connection connection = ofLoop[node.index()];
                if (connection != null && connection.accepter == end) {
                    end.node.links().close(end, connection);
                }
            }
        });
    }

    private void sweep() {
        for (@Nullable Connection[] ofLoop : current) {
            for (Connection connection : ofLoop) {
                if (connection != null && world.schedule().nowUs() - connection.end(node).lastHeardUs > SILENT_US) {
                    close(connection.end(node), connection);
                    tellOther(connection, connection.end(node));
                }
            }
        }
        node.later(SWEEP_US, this::sweep);
    }

    // ---- frames

    void send(int loop, int peer, byte[] frame) {
        Connection connection = current[loop][peer];
        if (connection == null) {
            return;
        }
        End receiver = connection.other(connection.end(node));
        transmit(connection, receiver, frame);
        if (world.network().doubles()) {
            transmit(connection, receiver, frame);
        }
    }

    private void transmit(Connection connection, End receiver, byte[] frame) {
        long nowUs = world.schedule().nowUs();
        long arrivalUs = Math.max(nowUs + world.network().streamDelayUs(), receiver.lastArrivalUs + 1);
        receiver.lastArrivalUs = arrivalUs;
        world.schedule().after(arrivalUs - nowUs, () -> arrive(connection, receiver, frame));
    }

    /**
     * What comes while the way is cut waits; the sender's kernel tries again until the way is open or the link ends.
     */
    private static void arrive(Connection connection, End receiver, byte[] frame) {
        Node from = connection.other(receiver).node;
        World world = receiver.node.world();
        if (!receiver.held.isEmpty() || !world.network().isOpen(from.index(), receiver.node.index())) {
            if (receiver.held.isEmpty()) {
                world.schedule().after(world.network().delayUs() + 50_000, () -> release(connection, receiver));
            }
            receiver.held.add(frame);
            return;
        }
        deliver(connection, receiver, frame);
    }

    private static void release(Connection connection, End receiver) {
        Node from = connection.other(receiver).node;
        World world = receiver.node.world();
        if (!receiver.isOfThisLife() || !receiver.open) {
            receiver.held.clear();
        } else if (!world.network().isOpen(from.index(), receiver.node.index())) {
            world.schedule().after(world.network().delayUs() + 200_000, () -> release(connection, receiver));
        } else {
            for (byte[] frame = receiver.held.poll(); frame != null; frame = receiver.held.poll()) {
                deliver(connection, receiver, frame);
            }
        }
    }

    private static void deliver(Connection connection, End receiver, byte[] frame) {
        if (receiver.isOfThisLife()) {
            receiver.node.run(receiver.life, () -> receiver.node.links().take(connection, receiver, frame));
        }
    }

    private void take(Connection connection, End receiver, byte[] frame) {
        if (!receiver.open) {
            return;
        }
        receiver.lastHeardUs = world.schedule().nowUs();
        checksum.reset();
        checksum.update(frame);
        world.trail().mix(checksum.getValue());
        receiver.reader.feed(frame);
        node.loop(connection.loop).receive(connection.other(receiver).node.index(), receiver.reader);
    }
}
