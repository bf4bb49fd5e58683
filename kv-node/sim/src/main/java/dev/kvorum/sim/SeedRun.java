package dev.kvorum.sim;

import dev.kvorum.core.replication.ReplicationMessage;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.sim.check.DotChecker;
import dev.kvorum.sim.course.Course;
import dev.kvorum.sim.load.Clients;
import dev.kvorum.sim.swarm.Chaos;
import dev.kvorum.sim.swarm.Draw;
import dev.kvorum.sim.swarm.RunSettings;
import dev.kvorum.sim.swarm.Scenario;
import dev.kvorum.sim.world.Decided;
import dev.kvorum.sim.world.Luck;
import dev.kvorum.sim.world.Node;
import dev.kvorum.sim.world.Trail;
import dev.kvorum.sim.world.Witness;
import dev.kvorum.sim.world.World;
import dev.kvorum.sim.world.WorldSettings;
import org.jspecify.annotations.Nullable;

/** One seed from its first draw to its verdict. */
final class SeedRun implements Course, Witness, DotChecker.Terms {

    private final RunSettings settings;
    private final Trail trail;
    private final World world;
    private final DotChecker checker;
    private final FenceChecker fences = new FenceChecker();
    private final RowChecker rows = new RowChecker();
    private final Clients clients;
    private final Chaos chaos;
    private final Recovery recovery;

    SeedRun(long seed, Scenario scenario, WorldSettings.Flaws flaws, Trail trail) {
        Luck luck = Luck.of(seed);
        this.trail = trail;
        settings = Draw.of(scenario, flaws, luck.settings());
        world = new World(settings.world(), luck, trail, this);
        checker = new DotChecker(settings.world().factor(), this);
        clients = new Clients(world, settings.load(), luck.load(), checker);
        chaos = new Chaos(world, settings, luck.chaos());
        recovery = new Recovery(world, clients, chaos, checker, luck.chaos().split());
    }

    @Override
    public @Nullable String run() {
        return Course.failureOf(this::whole, world.schedule(), trail);
    }

    @Override
    public long virtualMs() {
        return world.schedule().nowMs();
    }

    @Override
    public int answered() {
        return clients.succeeded();
    }

    private void whole() {
        world.nodes().forEach(Node::start);
        clients.begin();
        world.schedule().after(500_000, chaos::begin);
        world.schedule().runUntil(settings.unsafeMs() * 1_000L);
        recovery.run();
    }

    RunSettings settings() {
        return settings;
    }

    @Override
    public void onStore(Node node, Key key, KvObject object, long homeSinceUs) {
        trail.mix(object.digest());
        int write = node.decided().knowsBucket(key.bucket()) ? node.decided().write(key.bucket()) : write(key);
        if (checker.onStored(key, object, homeSinceUs, write)) {
            rows.onIssued(node, key);
        }
    }

    @Override
    public void onReply(Node node, ClientReply reply) {
        rows.onReply(node, reply);
    }

    @Override
    public void onSettled(Node node, long epoch) {
        rows.onSettled(node, epoch);
        chaos.onSettled(node, epoch);
    }

    @Override
    public int write(Key key) {
        Decided newest = chaos.newest();
        return newest.write(newest.knowsBucket(key.bucket()) ? key.bucket() : 0);
    }

    @Override
    public int lostSince(long us) {
        return world.losses().nodesSince(us);
    }

    @Override
    public long excusedUntilUs(Key key) {
        return chaos.excusedUntilUs(world.founding().shardOf(key.slot()));
    }

    @Override
    public void onReceived(Node node, int from, ReplicationMessage message) {
        fences.onReceived(node, from, message);
        rows.onReceived(node, from, message);
        if (trail.tells() && !isProbe(message)) {
            world.tellClient(() -> node + " <- " + from + " " + message);
        }
    }

    @Override
    public void onSent(Node node, int to, ReplicationMessage message) {
        fences.onSent(node, to, message);
        rows.onSent(node, to, message);
    }

    private static boolean isProbe(ReplicationMessage message) {
        return message instanceof ReplicationMessage.Probe || message instanceof ReplicationMessage.ProbeAnswer;
    }
}
