package dev.kvorum.sim.load;

import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.Version;
import dev.kvorum.sim.check.Values;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Node;
import dev.kvorum.sim.world.WorldSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes up requests: few hot keys and some cold ones, reads and all kinds of writes, the usual levels and odd ones. */
final class Requests {

    private static final int HOT_KEYS = 3;

    private final WorldSettings world;
    private final LoadSettings settings;
    private final Dice dice;
    private final List<Key> keys = new ArrayList<>();

    Requests(WorldSettings world, LoadSettings settings, Dice dice) {
        this.world = world;
        this.settings = settings;
        this.dice = dice;
        for (int i = 0; i < settings.keys(); i++) {
            keys.add(new Key(i % settings.buckets(), ("key-" + i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    List<Key> keys() {
        return keys;
    }

    Key anyKey() {
        return keys.get(dice.chance(700) ? dice.below(Math.min(HOT_KEYS, keys.size())) : dice.below(keys.size()));
    }

    /**
     * The next request of a client.
     *
     * @param number of the attempt, for its value
     * @param session what the client remembers of the key; null when it remembers nothing, or does not say
     */
    ClientRequest next(Key key, long number, @Nullable Session session) {
        Version context = session == null ? emptyOrNone() : session.context();
        long stamp = session == null ? 0 : session.stamp();
        return new ClientRequest(key, operation(number, session), levels(key), context, stamp, settings.timeoutMs());
    }

    /** The same once more, with a value of its own. */
    ClientRequest again(ClientRequest former, long number) {
        Operation operation = former.operation() instanceof Operation.Put put
                ? new Operation.Put(put.kind(), put.contentType(), value(number), put.expiry(), put.condition())
                : former.operation();
        return new ClientRequest(
                former.key(), operation, former.levels(), former.context(), former.contextHlc(), former.timeoutMs());
    }

    /** The request as a client of this node makes it, who knows no other levels than the bucket's there. */
    ClientRequest at(Node node, ClientRequest request) {
        int bucket = request.key().bucket();
        if (settings.buckets() == 1 || !node.decided().knowsBucket(bucket)) {
            return request;
        }
        Levels levels = new Levels(
                node.decided().read(bucket),
                node.decided().write(bucket),
                request.levels().durability(),
                1);
        return new ClientRequest(
                request.key(),
                request.operation(),
                levels,
                request.context(),
                request.contextHlc(),
                request.timeoutMs());
    }

    /** Reads of the whole state at the end. */
    ClientRequest read(Key key, int replicas) {
        return new ClientRequest(
                key, new Operation.Read(), new Levels(replicas, 1, Durability.FSYNC, 1), null, 0, settings.timeoutMs());
    }

    /** A client may also say that it has seen nothing: its write then replaces nothing. */
    private @Nullable Version emptyOrNone() {
        return dice.chance(100) ? Version.EMPTY : null;
    }

    private Operation operation(long number, @Nullable Session session) {
        int roll = dice.below(100);
        if (roll < 40) {
            return new Operation.Read();
        }
        if (roll < 85) {
            return new Operation.Put(Kind.BYTES, "", value(number), expiry(), condition(session));
        }
        return roll < 93
                ? new Operation.Delete(condition(session))
                : new Operation.Expire(dice.chance(300) ? Expiry.NEVER : new Expiry.After(60_000), condition(session));
    }

    private byte[] value(long number) {
        int sizeBytes =
                dice.chance(settings.largePerMille()) ? dice.between(513, 1_500) : dice.between(Values.LEAST_BYTES, 40);
        return Values.of(number, sizeBytes);
    }

    private Expiry expiry() {
        int roll = dice.below(100);
        if (roll < 85) {
            return Expiry.NEVER;
        }
        return roll < 95 ? new Expiry.After(dice.between(1L, 20_000L)) : new Expiry.Keep();
    }

    private Condition condition(@Nullable Session session) {
        int roll = dice.below(100);
        if (roll < 85) {
            return Condition.NONE;
        }
        if (roll < 90) {
            return new Condition.Absent();
        }
        return roll < 95 || session == null ? new Condition.Present() : new Condition.Matches(session.digest());
    }

    private Levels levels(Key key) {
        boolean odd = dice.chance(settings.oddLevelsPerMille());
        int read = odd ? dice.between(1, world.factor()) : world.read();
        int write = odd ? dice.between(1, world.factor()) : world.write();
        boolean unsynced = keys.indexOf(key) >= keys.size() - settings.unsyncedKeys();
        int zones = dice.chance(50) ? Math.min(world.zones(), write) : 1;
        return new Levels(read, write, unsynced ? Durability.OS : Durability.FSYNC, zones);
    }
}
