package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.End;
import dev.kvorum.core.replication.ReplicationMessage.Refused;
import dev.kvorum.core.replication.ReplicationMessage.StoredObject;
import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random messages of every kind, all from one seed. */
final class Samples {

    private final SplittableRandom random;

    Samples(long seed) {
        random = new SplittableRandom(seed);
    }

    ReplicationMessage message() {
        long id = random.nextLong(1, Long.MAX_VALUE);
        long epoch = random.nextLong(1, 1_000);
        return switch (random.nextInt(11)) {
            case 0 -> new ReplicationMessage.Forward(id, random.nextLong(), random.nextLong(1, 1_000), request());
            case 1 -> new ReplicationMessage.Forwarded(id, reply());
            case 2 ->
                new ReplicationMessage.WriteReplica(
                        id, epoch, key(), object(), one(Durability.values()), random.nextInt(10_000));
            case 3 -> new ReplicationMessage.WriteAck(id, epoch);
            case 4 ->
                new ReplicationMessage.ReadReplica(id, epoch, key(), one(Detail.values()), random.nextInt(10_000));
            case 5 ->
                new ReplicationMessage.ReadAnswer(id, epoch, random.nextLong(), random.nextBoolean() ? object() : null);
            case 6 -> new Refused(id, one(Refused.Reason.values()), random.nextBoolean() ? entry() : null);
            case 7 -> new ReplicationMessage.Probe(id, one(Standing.values()), one(Pace.values()));
            case 8 -> new ReplicationMessage.ProbeAnswer(id, one(Standing.values()), one(Pace.values()));
            case 9 ->
                new ReplicationMessage.PageRequest(id, epoch, random.nextInt(64), random.nextBoolean() ? key() : null);
            default -> new ReplicationMessage.PageAnswer(id, random.nextInt(64), page(), one(End.values()));
        };
    }

    Key key() {
        byte[] bytes = new byte[random.nextInt(1, 20)];
        random.nextBytes(bytes);
        return new Key(random.nextInt(3), bytes);
    }

    KvObject object() {
        KvObject object = KvObject.ABSENT;
        for (int writes = random.nextInt(4); writes > 0; writes--) {
            Dot dot = new Dot(random.nextLong(), random.nextLong(1, 50));
            byte[] value = new byte[random.nextInt(30)];
            random.nextBytes(value);
            Sibling fresh = new Sibling(dot, Kind.BYTES, "text/plain", random.nextInt(9), 5, new byte[0], value);
            object = object.write(random.nextBoolean() ? object.version() : Version.EMPTY, fresh);
        }
        return object;
    }

    private ClientRequest request() {
        Version context = random.nextBoolean() ? object().version() : null;
        var levels = new Levels(random.nextInt(1, 6), random.nextInt(1, 6), one(Durability.values()), 1);
        return new ClientRequest(key(), operation(), levels, context, random.nextLong(), random.nextInt(5_000));
    }

    private Operation operation() {
        return switch (random.nextInt(4)) {
            case 0 -> new Operation.Read();
            case 1 -> new Operation.Put(Kind.JSON, "application/json", new byte[] {1, 2, 3}, expiry(), condition());
            case 2 -> new Operation.Delete(condition());
            default -> new Operation.Expire(expiry(), condition());
        };
    }

    private Expiry expiry() {
        return switch (random.nextInt(4)) {
            case 0 -> Expiry.NEVER;
            case 1 -> new Expiry.After(random.nextLong());
            case 2 -> new Expiry.At(random.nextLong());
            default -> new Expiry.Keep();
        };
    }

    private Condition condition() {
        return switch (random.nextInt(4)) {
            case 0 -> Condition.NONE;
            case 1 -> new Condition.Absent();
            case 2 -> new Condition.Present();
            default -> new Condition.Matches(random.nextLong());
        };
    }

    private ClientReply reply() {
        var achieved = new Achieved(
                random.nextInt(6), random.nextInt(4), one(Durability.values()), 7, one(Achieved.Repair.values()));
        return switch (random.nextInt(4)) {
            case 0 -> new ClientReply.Value(object(), random.nextLong(), achieved);
            case 1 ->
                new ClientReply.Written(
                        object().version(),
                        random.nextLong(),
                        random.nextLong(),
                        object(),
                        random.nextLong(),
                        achieved);
            case 2 -> new ClientReply.ConditionFailed(object(), random.nextLong(), achieved);
            default ->
                new ClientReply.Failed(one(ErrorCode.values()), one(Outcome.values()), "why", random.nextInt(2_000));
        };
    }

    private ShardEntry entry() {
        List<NodeId> replicas = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            replicas.add(new NodeId(random.nextLong(), i, i));
        }
        return new ShardEntry(random.nextInt(64), random.nextLong(1, 50), replicas);
    }

    private List<StoredObject> page() {
        List<StoredObject> objects = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            objects.add(new StoredObject(key(), object()));
        }
        return objects;
    }

    private <T> T one(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
