package dev.kvorum.core.replication;

import dev.kvorum.core.replication.ReplicationMessage.Detail;
import dev.kvorum.core.replication.ReplicationMessage.End;
import dev.kvorum.core.replication.ReplicationMessage.Forward;
import dev.kvorum.core.replication.ReplicationMessage.Forwarded;
import dev.kvorum.core.replication.ReplicationMessage.PageAnswer;
import dev.kvorum.core.replication.ReplicationMessage.PageRequest;
import dev.kvorum.core.replication.ReplicationMessage.Probe;
import dev.kvorum.core.replication.ReplicationMessage.ProbeAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.replication.ReplicationMessage.Refused;
import dev.kvorum.core.replication.ReplicationMessage.StoredObject;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.RequestCodec;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary form of {@link ReplicationMessage}: one byte of kind, the id, then the fields in order. */
public final class ReplicationCodec {

    private static final int FORWARD = 1;
    private static final int FORWARDED = 2;
    private static final int WRITE_REPLICA = 3;
    private static final int WRITE_ACK = 4;
    private static final int READ_REPLICA = 5;
    private static final int READ_ANSWER = 6;
    private static final int REFUSED = 7;
    private static final int PAGE_REQUEST = 8;
    private static final int PAGE_ANSWER = 9;
    private static final int PROBE = 10;
    private static final int PROBE_ANSWER = 11;

    /** The least bytes that a stored object takes on the wire: bucket, key length, key, object length. */
    private static final int LEAST_STORED_BYTES = 4;

    private ReplicationCodec() {}

    public static void write(ReplicationMessage message, WireWriter out) {
        switch (message) {
            case Forward forward -> {
                begin(FORWARD, message, out).putLong(forward.session()).putVar(forward.number());
                RequestCodec.write(forward.request(), out);
            }
            case Forwarded forwarded -> {
                begin(FORWARDED, message, out);
                RequestCodec.write(forwarded.reply(), out);
            }
            case WriteReplica write -> {
                begin(WRITE_REPLICA, message, out).putVar(write.epoch());
                write.key().write(out);
                out.putEnum(write.durability())
                        .putVar(write.remainingMs())
                        .putBytes(write.object().encode());
            }
            case WriteAck ack -> begin(WRITE_ACK, message, out).putVar(ack.epoch());
            case ReadReplica read -> {
                begin(READ_REPLICA, message, out).putVar(read.epoch());
                read.key().write(out);
                out.putEnum(read.detail()).putVar(read.remainingMs());
            }
            case ReadAnswer answer -> {
                begin(READ_ANSWER, message, out).putVar(answer.epoch()).putLong(answer.digest());
                writeObject(answer.object(), out);
            }
            case Refused refused -> {
                begin(REFUSED, message, out).putEnum(refused.reason());
                writeEntry(refused.newer(), out);
            }
            case Probe probe -> writeState(begin(PROBE, message, out), probe.standing(), probe.pace());
            case ProbeAnswer answer -> writeState(begin(PROBE_ANSWER, message, out), answer.standing(), answer.pace());
            case PageRequest request -> {
                begin(PAGE_REQUEST, message, out).putVar(request.epoch()).putVar(request.shard());
                out.putByte(request.after() == null ? 0 : 1);
                if (request.after() != null) {
                    request.after().write(out);
                }
            }
            case PageAnswer page -> {
                begin(PAGE_ANSWER, message, out)
                        .putVar(page.shard())
                        .putEnum(page.end())
                        .putVar(page.objects().size());
                for (StoredObject stored : page.objects()) {
                    stored.key().write(out);
                    out.putBytes(stored.object().encode());
                }
            }
        }
    }

    /**
     * Reads one message.
     *
     * @throws MalformedException when the bytes are anything else
     */
    public static ReplicationMessage read(WireReader in) {
        int kind = in.getByte();
        long id = in.getLong();
        return switch (kind) {
            case FORWARD -> {
                long session = in.getLong();
                long number = in.getVar();
                yield new Forward(id, session, number, RequestCodec.readRequest(in));
            }
            case FORWARDED -> new Forwarded(id, RequestCodec.readReply(in));
            case WRITE_REPLICA -> {
                long epoch = in.getVar();
                Key key = Key.read(in);
                Durability durability = in.getEnum(Durability.values());
                int remainingMs = (int) in.getVar();
                yield new WriteReplica(id, epoch, key, KvObject.decode(in.getBytes()), durability, remainingMs);
            }
            case WRITE_ACK -> new WriteAck(id, in.getVar());
            case READ_REPLICA -> {
                long epoch = in.getVar();
                Key key = Key.read(in);
                Detail detail = in.getEnum(Detail.values());
                yield new ReadReplica(id, epoch, key, detail, (int) in.getVar());
            }
            case READ_ANSWER -> {
                long epoch = in.getVar();
                long digest = in.getLong();
                yield new ReadAnswer(id, epoch, digest, readObject(in));
            }
            case REFUSED -> {
                Refused.Reason reason = in.getEnum(Refused.Reason.values());
                yield new Refused(id, reason, readEntry(in));
            }
            case PAGE_REQUEST -> {
                long epoch = in.getVar();
                int shard = (int) in.getVar();
                yield new PageRequest(id, epoch, shard, in.getByte() == 0 ? null : Key.read(in));
            }
            case PROBE -> new Probe(id, in.getEnum(Standing.values()), in.getEnum(Pace.values()));
            case PROBE_ANSWER -> new ProbeAnswer(id, in.getEnum(Standing.values()), in.getEnum(Pace.values()));
            case PAGE_ANSWER -> readPage(id, in);
            default -> throw new MalformedException("message kind " + kind);
        };
    }

    private static PageAnswer readPage(long id, WireReader in) {
        int shard = (int) in.getVar();
        End end = in.getEnum(End.values());
        int count = in.getCount(LEAST_STORED_BYTES);
        List<StoredObject> objects = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Key key = Key.read(in);
            objects.add(new StoredObject(key, KvObject.decode(in.getBytes())));
        }
        return new PageAnswer(id, shard, objects, end);
    }

    private static WireWriter begin(int kind, ReplicationMessage message, WireWriter out) {
        return out.putByte(kind).putLong(message.id());
    }

    private static void writeState(WireWriter out, Standing standing, Pace pace) {
        out.putEnum(standing).putEnum(pace);
    }

    private static void writeObject(@Nullable KvObject object, WireWriter out) {
        out.putByte(object == null ? 0 : 1);
        if (object != null) {
            out.putBytes(object.encode());
        }
    }

    private static @Nullable KvObject readObject(WireReader in) {
        return in.getByte() == 0 ? null : KvObject.decode(in.getBytes());
    }

    private static void writeEntry(@Nullable ShardEntry entry, WireWriter out) {
        out.putVar(entry == null ? 0 : entry.replicas().size());
        if (entry != null) {
            out.putVar(entry.shard()).putVar(entry.epoch());
            entry.replicas().forEach(node -> node.write(out));
        }
    }

    private static @Nullable ShardEntry readEntry(WireReader in) {
        int count = in.getCount(NodeId.BYTES);
        if (count == 0) {
            return null;
        }
        int shard = (int) in.getVar();
        long epoch = in.getVar();
        List<NodeId> replicas = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            replicas.add(NodeId.read(in));
        }
        if (replicas.stream().distinct().count() != count) {
            throw new MalformedException("shard " + shard + " with a replica twice");
        }
        return new ShardEntry(shard, epoch, replicas);
    }
}
