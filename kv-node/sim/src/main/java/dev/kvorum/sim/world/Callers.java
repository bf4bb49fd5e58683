package dev.kvorum.sim.world;

import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clients that wait for an answer of one node's process; who still waits when it ends hears null. */
final class Callers {

    private final Node node;
    private final TreeMap<Long, Consumer<@Nullable ClientReply>> waiting = new TreeMap<>();
    private long last;

    Callers(Node node) {
        this.node = node;
    }

    void submit(ClientRequest request, Consumer<@Nullable ClientReply> client) {
        if (!node.isServing()) {
            node.world().schedule().after(100, () -> client.accept(World.REFUSED));
            return;
        }
        node.run(node.life(), () -> {
            waiting.put(++last, client);
            int loop = node.ring().shardOf(request.key().slot()) % node.loops().size();
            node.loop(loop).step(new ReplicationInput.Submit(last, request));
        });
    }

    void answer(long requestId, ClientReply reply) {
        Consumer<@Nullable ClientReply> client = waiting.remove(requestId);
        if (client != null) {
            node.world().schedule().after(node.world().network().delayUs(), () -> client.accept(reply));
        }
    }

    void cutOff() {
        List<Consumer<@Nullable ClientReply>> cut = List.copyOf(waiting.values());
        waiting.clear();
        cut.forEach(client -> client.accept(null));
    }
}
