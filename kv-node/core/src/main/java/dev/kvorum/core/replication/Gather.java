package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.version.KvObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of several replicas to one question about a key. */
final class Gather {

    /** What one replica has; without the object only its digest is known. */
    record Answer(NodeId node, long digest, @Nullable KvObject object) {}

    final long id;
    final ClientOperation owner;
    final Key key;
    final int shard;
    final Detail detail;

    /** How many distinct replicas must answer. */
    final int need;

    /** Whether the replica of this very node may be among them. */
    final boolean withSelf;

    /** Replicas asked that have not answered. */
    final List<NodeId> asked = new ArrayList<>(3);

    /** Replicas that cannot answer this question. */
    final List<NodeId> failed = new ArrayList<>(0);

    final List<Answer> answers = new ArrayList<>(3);

    Gather(long id, ClientOperation owner, Detail detail, int need, boolean withSelf) {
        this.id = id;
        this.owner = owner;
        this.key = owner.request.key();
        this.shard = owner.shard;
        this.detail = detail;
        this.need = need;
        this.withSelf = withSelf;
    }

    boolean isComplete() {
        return answers.size() >= need;
    }

    boolean knows(NodeId node) {
        return asked.contains(node) || failed.contains(node) || hasAnswered(node);
    }

    boolean hasAnswered(NodeId node) {
        for (Answer answer : answers) {
            if (answer.node().equals(node)) {
                return true;
            }
        }
        return false;
    }

    boolean agrees() {
        long first = answers.getFirst().digest();
        for (Answer answer : answers) {
            if (answer.digest() != first) {
                return false;
            }
        }
        return true;
    }

    /** An object among the answers, which stands for all when they agree; null when only digests came. */
    @Nullable
    KvObject anyObject() {
        for (Answer answer : answers) {
            if (answer.object() != null) {
                return answer.object();
            }
        }
        return null;
    }

    /** The least upper bound of all objects that came. */
    KvObject merged() {
        KvObject merged = KvObject.ABSENT;
        for (Answer answer : answers) {
            if (answer.object() != null) {
                merged = merged.merge(answer.object());
            }
        }
        return merged;
    }
}
