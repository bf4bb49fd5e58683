package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Command.AcceptLoss;
import dev.kvorum.core.authority.Command.AlterBucket;
import dev.kvorum.core.authority.Command.DeclareBucket;
import dev.kvorum.core.authority.Command.OpenSession;
import dev.kvorum.core.authority.Command.SetSetting;
import dev.kvorum.core.ring.BucketSettings;
import java.util.random.RandomGenerator;

/** What people and operators ask for at the doors of a group. */
final class Doors {

    private Doors() {}

    static Command draw(RandomGenerator random, AuthorityState state) {
        return switch (random.nextInt(4)) {
            case 0 -> new OpenSession("operator");
            case 1 -> new SetSetting(ClusterSetting.MAX_CONCURRENT_MOVES_PER_NODE, random.nextInt(1, 60));
            case 2 -> new DeclareBucket(BucketSettings.named("b-" + random.nextInt(6)));
            default ->
                state.shards().isEmpty()
                        ? new AlterBucket(BucketSettings.named("default"))
                        : new AcceptLoss(0, state.shards().get(0).epoch());
        };
    }
}
