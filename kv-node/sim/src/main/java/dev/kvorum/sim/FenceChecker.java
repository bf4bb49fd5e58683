package dev.kvorum.sim;

import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.sim.check.Violation;
import dev.kvorum.sim.world.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Watches that replicas fence (I12): nothing that was sent under an older entry of the shard than the replica's is
 * acknowledged, and an acknowledgement tells the entry under which the replica is by then.
 */
final class FenceChecker {

    /** A write that a replica was asked to take. */
    private record Asked(int shard, long epoch, long epochThere) {}

    private record Question(int replica, int coordinator, long id) {}

    private final Map<Question, Asked> asked = new HashMap<>();
    private final TreeMap<Integer, Long> reached = new TreeMap<>();

    void onReceived(Node node, int from, ReplicationMessage message) {
        long epoch = node.ring().epoch();
        if (epoch < reached.getOrDefault(node.index(), 0L)) {
            throw new Violation("I12: " + node + " acts under epoch " + epoch + ", it was at "
                    + reached.get(node.index()) + " before");
        }
        reached.put(node.index(), epoch);
        if (message instanceof WriteReplica write) {
            int shard = node.ring().shardOf(write.key().slot());
            long there = node.ring().entry(shard).epoch();
            Question question = new Question(node.index(), from, write.id());
            Asked former = asked.get(question);
            if (former == null || former.epoch < write.epoch()) {
                asked.put(question, new Asked(shard, write.epoch(), there));
            }
        }
    }

    void onSent(Node node, int to, ReplicationMessage message) {
        if (message instanceof WriteAck ack) {
            Asked write = asked.get(new Question(node.index(), to, ack.id()));
            if (write == null) {
                throw new Violation("I12: " + node + " acknowledges to node " + to + " what it was not asked");
            }
            long now = node.ring().entry(write.shard).epoch();
            if (write.epoch < write.epochThere) {
                throw new Violation(
                        "I12: " + node + " took a write of epoch " + write.epoch + " under " + write.epochThere);
            }
            if (ack.epoch() != now) {
                throw new Violation("I12: " + node + " acknowledges under epoch " + ack.epoch() + ", is at " + now);
            }
        }
    }
}
