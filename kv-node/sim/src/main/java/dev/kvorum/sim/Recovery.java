package dev.kvorum.sim;

import dev.kvorum.core.replication.Shortfall.Loss;
import dev.kvorum.core.replication.Standing;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.ShardEntry;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.sim.check.DotChecker;
import dev.kvorum.sim.course.Patience;
import dev.kvorum.sim.load.Clients;
import dev.kvorum.sim.swarm.Chaos;
import dev.kvorum.sim.world.Decided;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Loop;
import dev.kvorum.sim.world.Node;
import dev.kvorum.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The second phase: all faults end, a quorum of nodes is well, and within a minute of virtual time everything pending
 * has ended, everybody agrees on who is alive and on the ring, and what is read at all replicas is what they hold.
 */
final class Recovery {

    private static final long LIMIT_US = 60_000_000;
    private static final long STEP_US = 10_000;
    private static final long MEMBERS_STEP_US = 250_000;

    private final World world;
    private final Clients clients;
    private final Chaos chaos;
    private final DotChecker checker;
    private final Dice dice;
    private final TreeSet<Integer> dead = new TreeSet<>();
    private final TreeMap<Integer, KvObject> read = new TreeMap<>();
    private @Nullable Patience patience;

    Recovery(World world, Clients clients, Chaos chaos, DotChecker checker, Dice dice) {
        this.world = world;
        this.clients = clients;
        this.chaos = chaos;
        this.checker = checker;
        this.dice = dice;
    }

    void run() {
        chaos.stop();
        patience = new Patience(world.schedule(), LIMIT_US, () -> {});
        clients.forgive();
        killSome();
        pass(dice.between(0L, 1_000_000L));
        clients.stop();
        until("all requests of clients have ended", () -> clients.inFlight() == 0);
        until("all live nodes hold the same nodes for alive", MEMBERS_STEP_US, this::membersAgree);
        chaos.tellRing();
        List<Key> keys = clients.keys();
        for (int i = 0; i < keys.size(); i++) {
            if (isReadable(keys.get(i))) {
                readAtQuorum(i);
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            if (isReadable(keys.get(i))) {
                converge(i);
            }
        }
        until("nothing is in flight or pending in any machine", this::isQuiet);
        until("all replicas vote, and hold the newest entry of their shard (I12)", this::areCurrent);
        requireSettledRows();
    }

    private void requireSettledRows() {
        if (chaos.decidesRows()) {
            until("all barriers have passed (rows)", chaos::isSettled);
            until("all nodes hold the same complete replica for the home", this::homesAgree);
        }
    }

    private int shardOf(Key key) {
        return world.founding().shardOf(key.slot());
    }

    /** Only as many as every quorum can spare, and none while somebody needs all others to be complete again. */
    private void killSome() {
        var settings = world.settings();
        if (chaos.decidesRows()) {
            return; // nobody is left who could be spared, and barriers wait for everybody
        }
        long spare = settings.factor()
                - Math.max(settings.read(), settings.write())
                - world.nodes().stream().filter(Node::isWiped).count();
        boolean torn = world.nodes().stream().anyMatch(Node::isTorn);
        if (torn || dice.chance(500)) {
            return;
        }
        for (int i = 0; i < spare; i++) {
            Node node = dice.pick(world.nodes());
            if (!node.isWiped() && dead.add(node.index())) {
                node.retire();
            }
        }
    }

    private void pass(long us) {
        world.schedule().runUntil(world.schedule().nowUs() + us);
    }

    private void until(String what, BooleanSupplier holds) {
        until(what, STEP_US, holds);
    }

    private void until(String what, long stepUs, BooleanSupplier holds) {
        Objects.requireNonNull(patience).until(what, stepUs, holds);
    }

    // ---- who is there

    private boolean isLiveReplica(Node node, int shard) {
        return chaos.newest().isComplete(shard, node.id()) && !dead.contains(node.index()) && !node.isWiped();
    }

    /** Whether so many replicas of the shard can become complete that its reads must succeed. */
    private boolean isReadable(Key key) {
        return chaos.newest().knowsBucket(key.bucket())
                && voters(shardOf(key)).size() >= world.settings().read();
    }

    private List<Node> voters(int shard) {
        List<Node> voters = new ArrayList<>();
        for (Node node : world.nodes()) {
            if (isLiveReplica(node, shard) && (!node.isTorn() || canMerge(node))) {
                voters.add(node);
            }
        }
        return voters;
    }

    private boolean canMerge(Node torn) {
        Decided newest = chaos.newest();
        int factor = world.settings().factor();
        for (ShardEntry entry : newest.ring().entries()) {
            int shard = entry.shard();
            if (newest.isComplete(shard, torn.id())) {
                int most = newest.loss(shard) == Loss.ACCEPTED
                        ? newest.complete(shard).size()
                        : factor;
                long others = world.nodes().stream()
                        .filter(node -> node != torn && isLiveReplica(node, shard))
                        .count();
                if (others < Math.min(most - 1, factor - newest.weakestWrite() + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean membersAgree() {
        TreeSet<NodeId> up = new TreeSet<>();
        for (Node node : world.nodes()) {
            if (!dead.contains(node.index())) {
                up.add(node.id());
            }
        }
        for (Node node : world.nodes()) {
            if (!dead.contains(node.index()) && !holdsAlive(node, up)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsAlive(Node node, Set<NodeId> up) {
        var membership = node.membership();
        if (membership == null) {
            return false;
        }
        var view = membership.view();
        return up.stream().allMatch(view::isAlive)
                && view.members().keySet().stream().allMatch(id -> up.contains(id) || !view.isAlive(id));
    }

    // ---- reads that must succeed

    private void readAtQuorum(int number) {
        readUntil(
                number,
                world.settings().read(),
                "a quorum read of " + clients.keys().get(number) + " succeeds");
    }

    private KvObject readUntil(int number, int replicas, String what) {
        read.remove(number);
        Asking asking = new Asking(number, replicas);
        until(what, asking::isAnswered);
        return Objects.requireNonNull(read.get(number));
    }

    /** Asks again, each time another node, until there is an answer. */
    private final class Asking {
        private final int number;
        private final int replicas;
        private boolean asked;

        Asking(int number, int replicas) {
            this.number = number;
            this.replicas = replicas;
        }

        boolean isAnswered() {
            if (read.containsKey(number)) {
                return true;
            }
            if (!asked) {
                ask();
            }
            return false;
        }

        private void ask() {
            Node node = dice.pick(world.nodes());
            if (dead.contains(node.index())) {
                return;
            }
            asked = true;
            clients.read(clients.keys().get(number), replicas, node, this::onRead);
        }

        private void onRead(@Nullable KvObject object) {
            asked = false;
            if (object != null) {
                read.put(number, object);
            }
        }
    }

    /** Reads all replicas, which repairs them, until their disks hold the same. */
    private void converge(int number) {
        Key key = clients.keys().get(number);
        int all = voters(shardOf(key)).size();
        String what = "the replicas of " + key + " agree";
        KvObject object = readUntil(number, all, what);
        until("stores end", this::isQuiet);
        while (!replicasHold(key, object)) {
            object = readUntil(number, all, what);
            until("stores end", this::isQuiet);
        }
        checker.onEnd(key, object, all);
    }

    private boolean replicasHold(Key key, KvObject object) {
        for (Node node : voters(shardOf(key))) {
            byte[] stored = node.disk().contents().get(key);
            KvObject there = stored == null ? KvObject.ABSENT : KvObject.decode(stored);
            if (!there.equals(object)) {
                return false;
            }
        }
        return true;
    }

    private boolean isQuiet() {
        for (Node node : world.nodes()) {
            for (Loop loop : node.loops()) {
                if (loop.machine().operationsInFlight() > 0 || loop.machine().pendingStores() > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    // ---- agreement

    /**
     * Who holds a shard that is in use must hold its newest entry: replicas tell each other, unless there is but one.
     */
    private boolean areCurrent() {
        for (Key key : clients.keys()) {
            ShardEntry newest = chaos.newest().ring().entry(shardOf(key));
            if (isReadable(key) && !voters(newest.shard()).stream().allMatch(node -> isCurrent(node, newest))) {
                return false;
            }
        }
        return true;
    }

    /** The home is a function of the row and of who is live, on which all agree by now. */
    private boolean homesAgree() {
        for (int shard = 0; shard < world.founding().shards(); shard++) {
            TreeSet<NodeId> homes = new TreeSet<>();
            for (Node node : world.nodes()) {
                for (Loop loop : node.loops()) {
                    NodeId home = loop.machine().outlook().home(shard);
                    if (home == null) {
                        return false;
                    }
                    homes.add(home);
                }
            }
            if (homes.size() > 1 || !chaos.newest().isComplete(shard, homes.getFirst())) {
                return false;
            }
        }
        return true;
    }

    private boolean isCurrent(Node node, ShardEntry newest) {
        boolean agrees = world.settings().factor() == 1
                || node.ring().entry(newest.shard()).equals(newest);
        return agrees && node.standing() == Standing.VOTING;
    }
}
