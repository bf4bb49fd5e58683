package dev.kvorum.server.json;

import dev.kvorum.core.authority.Cause;
import dev.kvorum.core.authority.Command.AcceptLoss;
import dev.kvorum.core.authority.Command.AlterBucket;
import dev.kvorum.core.authority.Command.DeclareBucket;
import dev.kvorum.core.authority.Command.DeclareLost;
import dev.kvorum.core.authority.Command.OpenSession;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import java.util.function.Function;

/**
 * What administrators ask of the authority, as documents. Every field must be there, once, and no other; each reader
 * throws {@link InvalidJson} naming the field that is unknown, missing, of the wrong type or out of range.
 */
public final class CommandJson {

    private static final int NAME_MOST_CHARACTERS = 253;

    private CommandJson() {}

    /** {@code {"operator":"…"}}. */
    public static OpenSession openSession(byte[] json) {
        return read(json, fields -> new OpenSession(name(fields)));
    }

    private static String name(JsonFields fields) {
        String operator = fields.text("operator");
        if (operator.isBlank()
                || operator.length() > NAME_MOST_CHARACTERS
                || !operator.chars().allMatch(c -> c > 31 && c < 127)) {
            throw new InvalidJson("operator is \"" + operator + "\"; use 1 to " + NAME_MOST_CHARACTERS
                    + " ASCII characters, such as the name of its pod");
        }
        return operator;
    }

    /** A bucket as in the founding document. */
    public static DeclareBucket declareBucket(byte[] json) {
        return read(json, fields -> new DeclareBucket(BootstrapJson.bucketFields(fields)));
    }

    /** A bucket as in the founding document, whose name is {@code name}. */
    public static AlterBucket alterBucket(String name, byte[] json) {
        BucketSettings bucket = read(json, BootstrapJson::bucketFields);
        if (!bucket.name().equals(name)) {
            throw new InvalidJson("name is \"" + bucket.name() + "\" and the path names " + name
                    + "; a bucket keeps its name, send the same in both");
        }
        return new AlterBucket(bucket);
    }

    /** {@code {"epoch":12}}. */
    public static AcceptLoss acceptLoss(int shard, byte[] json) {
        return read(json, fields -> new AcceptLoss(shard, fields.number("epoch")));
    }

    /** {@code {"volumeId":"…"}}. */
    public static DeclareLost declareLost(NodeId node, Cause cause, byte[] json) {
        return read(json, fields -> new DeclareLost(node, fields.parsed("volumeId", VolumeId::parse), cause));
    }

    /** What {@code POST /admin/v1/recover} asks for. */
    public record Recover(String clusterId, long generation) {}

    /** {@code {"clusterId":"…","generation":2}}. */
    public static Recover recover(byte[] json) {
        return read(json, fields -> new Recover(fields.text("clusterId"), fields.number("generation")));
    }

    private static <T> T read(byte[] json, Function<JsonFields, T> reader) {
        JsonFields fields = JsonFields.of(JsonDocument.tree(json));
        try {
            T read = reader.apply(fields);
            fields.end();
            return read;
        } catch (IllegalArgumentException invalid) {
            throw new InvalidJson(String.valueOf(invalid.getMessage()));
        }
    }
}
