package dev.kvorum.server.door;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Charter;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.Ring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node goes by once it belongs to a cluster: the ring in force, and the buckets with their default levels worked
 * out. Immutable; swapped whole when the authority decided something else.
 */
public final class Founded {

    private final AuthorityState state;
    private final Ring ring;
    private final Map<String, Bucket> byName = new HashMap<>();
    private final Bucket defaultBucket;

    /**
     * A bucket as the doors use it.
     *
     * @param number what stands for the name in a {@link dev.kvorum.core.ring.Key}: its position in the list
     * @param levels what a request asks for that does not say
     */
    public record Bucket(int number, BucketSettings settings, Levels levels) {

        public String name() {
            return settings.name();
        }
    }

    public Founded(AuthorityState state, Ring ring) {
        this.state = state;
        this.ring = ring;
        List<BucketSettings> buckets = state.buckets();
        for (int number = 0; number < buckets.size(); number++) {
            BucketSettings settings = buckets.get(number);
            byName.put(settings.name(), new Bucket(number, settings, levels(state.charter(), settings)));
        }
        Bucket found = byName.get(Bootstrap.DEFAULT_BUCKET);
        if (found == null) {
            throw new IllegalArgumentException("buckets is " + byName.keySet() + "; add the bucket \"default\"");
        }
        this.defaultBucket = found;
    }

    /** What the authority decided, as far as it is durable here. */
    public AuthorityState state() {
        return state;
    }

    public String clusterId() {
        return ring.clusterId();
    }

    /** In the order of their numbers. */
    public List<BucketSettings> buckets() {
        return state.buckets();
    }

    public Ring ring() {
        return ring;
    }

    /** The bucket of this name, or null when there is no such. */
    public @Nullable Bucket bucket(String name) {
        return byName.get(name);
    }

    /** The bucket of the RESP door and of the plain API. */
    public Bucket defaultBucket() {
        return defaultBucket;
    }

    private static Levels levels(Charter charter, BucketSettings settings) {
        int factor = charter.factor();
        Durability durability = switch (charter.durability()) {
            case OS -> Durability.OS;
            case FSYNC -> Durability.FSYNC;
        };
        return new Levels(settings.read().of(factor), settings.write().of(factor), durability, 1);
    }
}
