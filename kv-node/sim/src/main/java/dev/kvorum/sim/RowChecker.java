package dev.kvorum.sim;

import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.replication.ReplicationMessage.Forward;
import dev.kvorum.core.replication.ReplicationMessage.Forwarded;
import dev.kvorum.core.replication.ReplicationMessage.PageAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.replication.Shortfall.Loss;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.sim.check.Violation;
import dev.kvorum.sim.world.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Watches that nodes obey their rows: incomplete replicas neither coordinate nor vote, a shard that may have lost
 * writes stands still, acknowledgements count under the row by which they are counted, and after a node said that it is
 * settled nothing of a former row is left there.
 */
final class RowChecker {

    /** A question that one node asked another. */
    private record Question(int asker, int asked, long id) {}

    /** What its asker acts under. */
    private record Asked(int shard, long epoch) {}

    /** A write on its way from its coordinator. */
    private static final class Sent {
        final int shard;
        final WriteReplica first;
        final TreeMap<Integer, Long> acknowledged = new TreeMap<>();

        Sent(int shard, WriteReplica first) {
            this.shard = shard;
            this.first = first;
        }

        long holders(long epoch) {
            return 1
                    + acknowledged.values().stream()
                            .filter(under -> under >= epoch)
                            .count();
        }
    }

    private record State(int coordinator, long digest) {}

    private record Write(int coordinator, long id) {}

    private final Map<Question, Asked> asked = new HashMap<>();
    private final Map<Write, Sent> sent = new HashMap<>();
    private final Map<State, List<Sent>> sentOf = new HashMap<>();
    private final Set<State> passedOn = new HashSet<>();
    private final TreeMap<Integer, Long> settled = new TreeMap<>();

    /** The node stores a dot that it issued. */
    void onIssued(Node node, Key key) {
        int shard = node.ring().shardOf(key.slot());
        requireComplete(node, shard, node.id(), "coordinates a write");
        requireRunning(node, shard);
    }

    void onSettled(Node node, long epoch) {
        settled.put(node.index(), epoch);
    }

    void onReceived(Node node, int from, ReplicationMessage message) {
        if (message instanceof ReadReplica read) {
            ask(new Question(from, node.index(), read.id()), shardOf(node, read.key()), read.epoch());
        } else if (message instanceof WriteReplica write) {
            ask(new Question(from, node.index(), write.id()), shardOf(node, write.key()), write.epoch());
        } else if (message instanceof WriteAck ack) {
            Sent write = sent.get(new Write(node.index(), ack.id()));
            if (write != null) {
                write.acknowledged.merge(from, ack.epoch(), Math::max);
            }
        } else if (message instanceof Forwarded(long id, ClientReply.Written written)) {
            passedOn.add(new State(node.index(), written.digest()));
        }
    }

    private void ask(Question question, int shard, long epoch) {
        asked.merge(question, new Asked(shard, epoch), (one, other) -> one.epoch() > other.epoch() ? one : other);
    }

    void onSent(Node node, int to, ReplicationMessage message) {
        if (message instanceof ReadReplica read) {
            int shard = shardOf(node, read.key());
            requireComplete(node, shard, node.ring().nodes().get(to).id(), "is asked for a vote");
            requireRunning(node, shard);
        } else if (message instanceof ReadAnswer answer) {
            Asked question = asked.get(new Question(to, node.index(), answer.id()));
            if (question != null) {
                requireComplete(node, question.shard(), node.id(), "votes");
            }
        } else if (message instanceof PageAnswer page) {
            requireComplete(node, page.shard(), node.id(), "is merged from");
        } else if (message instanceof Forward forward && forward.request().operation() instanceof Operation.Write) {
            int shard = shardOf(node, forward.request().key());
            requireComplete(node, shard, node.ring().nodes().get(to).id(), "is taken for a home");
        } else {
            onEnded(node, to, message);
        }
    }

    private void onEnded(Node node, int to, ReplicationMessage message) {
        if (message instanceof WriteReplica write) {
            onWriteSent(node, write);
        } else if (message instanceof WriteAck ack) {
            Asked question = asked.get(new Question(to, node.index(), ack.id()));
            if (question != null) {
                requireUnsettled(node, question.shard(), question.epoch(), "acknowledges a write");
            }
        } else if (message instanceof Forwarded forwarded) {
            onReply(node, forwarded.reply());
        }
    }

    private void onWriteSent(Node node, WriteReplica write) {
        Sent known = sent.get(new Write(node.index(), write.id()));
        if (known == null) {
            Sent first = new Sent(shardOf(node, write.key()), write);
            sent.put(new Write(node.index(), write.id()), first);
            sentOf.computeIfAbsent(new State(node.index(), write.object().digest()), none -> new ArrayList<>())
                    .add(first);
        }
    }

    /** The writes that left this state, of which repairs may be some, are held as this node said. */
    void onReply(Node node, ClientReply reply) {
        if (!(reply instanceof ClientReply.Written written)) {
            return;
        }
        List<Sent> writes = sentOf.get(new State(node.index(), written.digest()));
        if (writes == null || passedOn.contains(new State(node.index(), written.digest()))) {
            return;
        }
        long epoch = written.achieved().epoch();
        if (writes.stream()
                .noneMatch(write -> write.holders(epoch) >= written.achieved().replicas())) {
            throw new Violation("rows: " + node + " counts for a write acknowledgements of rows before epoch " + epoch);
        }
        if (writes.size() == 1) {
            Sent write = writes.getFirst();
            requireUnsettled(node, write.shard, write.first.epoch(), "answers a write");
            requireHeld(node, write);
        }
    }

    /** Who takes over after an accepted loss reads all complete replicas, and nobody else. */
    private static void requireHeld(Node node, Sent write) {
        boolean isHeld = node.decided().loss(write.shard) != Loss.ACCEPTED
                || node.disk().isDurable(write.first.key(), write.first.object())
                || write.acknowledged.keySet().stream()
                        .map(index -> node.ring().nodes().get(index).id())
                        .anyMatch(holder -> node.decided().isComplete(write.shard, holder));
        if (!isHeld) {
            throw new Violation(
                    "rows: " + node + " answers a write of shard " + write.shard + " that no complete replica holds");
        }
    }

    private void requireUnsettled(Node node, int shard, long begunUnder, String does) {
        long now = node.ring().entry(shard).epoch();
        if (now <= settled.getOrDefault(node.index(), 0L) && begunUnder < now) {
            throw new Violation("rows: " + node + " " + does + " of shard " + shard + " that was begun under epoch "
                    + begunUnder + ", and has settled at " + now);
        }
    }

    private static void requireComplete(Node node, int shard, NodeId replica, String does) {
        if (!node.decided().isComplete(shard, replica)) {
            throw new Violation("rows: for " + node + ", " + replica.shortName() + " is no complete replica of shard "
                    + shard + ", but " + does);
        }
    }

    private static void requireRunning(Node node, int shard) {
        if (node.decided().loss(shard) == Loss.POSSIBLE) {
            throw new Violation("rows: " + node + " goes on with shard " + shard + ", which may have lost writes");
        }
    }

    private static int shardOf(Node node, Key key) {
        return node.ring().shardOf(key.slot());
    }
}
