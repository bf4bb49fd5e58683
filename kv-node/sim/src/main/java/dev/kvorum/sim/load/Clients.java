package dev.kvorum.sim.load;

import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.sim.check.Attempt;
import dev.kvorum.sim.check.DotChecker;
import dev.kvorum.sim.check.Violation;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Node;
import dev.kvorum.sim.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All clients of a run. */
public final class Clients {

    /** How much longer than its request a client waits before it gives up on the connection. */
    private static final int PATIENCE_MS = 500;

    private static final long BACK_OFF_US = 500_000;

    /** By then every node has started for the first time. */
    private static final long SETTLED_US = 3_000_000;

    /** One client: asks, waits, remembers what it was shown. */
    private final class Client {
        final Map<Key, Session> sessions = new HashMap<>();
        final int forgetsPerMille = dice.of(0, 300, 1_000);

        void ask() {
            if (stopped) {
                return;
            }
            Key key = requests.anyKey();
            Session session = dice.chance(forgetsPerMille) ? null : sessions.get(key);
            long number = ++attempts;
            ClientRequest request = requests.next(key, number, session);
            Node node = dice.pick(world.nodes());
            new Exchange(this, new Attempt(number, requests.at(node, request), nowUs()), Retry.ALLOWED).sendTo(node);
        }

        void askLater() {
            world.schedule().after(dice.between(0L, settings.thinkMostMs() * 1_000L), this::ask);
        }

        void remember(Key key, Session session) {
            sessions.put(key, session);
        }
    }

    private enum Retry {
        ALLOWED,
        NO_MORE
    }

    /** One attempt on its way. */
    private final class Exchange {
        final Client client;
        final Attempt attempt;
        final Retry retry;
        private @Nullable Node asked;
        boolean over;

        Exchange(Client client, Attempt attempt, Retry retry) {
            this.client = client;
            this.attempt = attempt;
            this.retry = retry;
        }

        void sendTo(Node node) {
            asked = node;
            inFlight++;
            checker.onAsked(attempt);
            world.tellClient(
                    () -> attempt + " to " + node + " with " + attempt.request().context());
            world.schedule().after(dice.between(50L, 300L), () -> node.submit(attempt.request(), this::onReply));
            world.schedule().after((attempt.request().timeoutMs() + PATIENCE_MS) * 1_000L, () -> onReply(null));
        }

        /** Null when the connection broke or the client gave up. */
        void onReply(@Nullable ClientReply reply) {
            if (over) {
                return;
            }
            over = true;
            inFlight--;
            world.tellClient(() -> attempt + " answered " + reply);
            if (judge(reply) || stopped) {
                client.askLater();
            } else if (retry == Retry.ALLOWED) {
                again();
            } else {
                onFailedTwice(reply);
                client.askLater();
            }
        }

        private void again() {
            switch (settings.again()) {
                case AT_ONCE -> sendAnew(dice.pick(world.nodes()));
                case PATIENTLY -> world.schedule().after(BACK_OFF_US, () -> sendAnew(another()));
            }
        }

        /** A retry is a write of its own, with a value of its own. */
        private void sendAnew(Node node) {
            long number = ++attempts;
            ClientRequest request = requests.again(attempt.request(), number);
            new Exchange(client, new Attempt(number, request, nowUs()), Retry.NO_MORE).sendTo(node);
        }

        private Node another() {
            List<Node> others = world.nodes().stream()
                    .filter(node -> node != asked && node.answers())
                    .toList();
            return others.isEmpty() ? dice.pick(world.nodes()) : dice.pick(others);
        }

        private void onFailedTwice(@Nullable ClientReply reply) {
            if (!forgiving && attempt.startedUs() >= SETTLED_US) {
                throw new Violation("availability: " + attempt
                        + " failed on two nodes that answered, half a second apart, at last with " + reply);
            }
        }

        /** Whether the request was carried out. */
        private boolean judge(@Nullable ClientReply reply) {
            boolean done = switch (reply) {
                case ClientReply.Value value -> onShown(value);
                case ClientReply.Written written -> onWritten(written);
                case ClientReply.ConditionFailed failed -> onConditionFailed(failed);
                case ClientReply.Failed failed -> onFailed(failed);
                case null -> false;
            };
            succeeded += done ? 1 : 0;
            return done;
        }

        private boolean onShown(ClientReply.Value value) {
            checker.onShown(attempt, value, nowUs());
            KvObject object = value.object();
            client.remember(attempt.key(), new Session(object.version(), object.highestHlc(), object.digest()));
            return true;
        }

        private boolean onWritten(ClientReply.Written written) {
            checker.onWritten(attempt, written, nowUs());
            client.remember(attempt.key(), new Session(written.context(), written.contextHlc(), written.digest()));
            return true;
        }

        private boolean onConditionFailed(ClientReply.ConditionFailed failed) {
            checker.onConditionFailed(attempt, failed.object());
            return true;
        }

        private boolean onFailed(ClientReply.Failed failed) {
            if (failed.outcome() == Outcome.NOT_APPLIED) {
                checker.onNotApplied(attempt);
            }
            return false;
        }
    }

    private final World world;
    private final LoadSettings settings;
    private final Dice dice;
    private final DotChecker checker;
    private final Requests requests;
    private final List<Client> clients = new ArrayList<>();
    private boolean forgiving;
    private boolean stopped;
    private int inFlight;
    private int succeeded;
    private long attempts;

    public Clients(World world, LoadSettings settings, Dice dice, DotChecker checker) {
        this.world = world;
        this.settings = settings;
        this.dice = dice;
        this.checker = checker;
        this.forgiving = settings.again() == LoadSettings.Again.AT_ONCE;
        this.requests = new Requests(world.settings(), settings, dice);
    }

    public void begin() {
        for (int i = 0; i < settings.clients(); i++) {
            Client client = new Client();
            clients.add(client);
            client.askLater();
        }
    }

    /** More may be away from now on than a retry can make up for. */
    public void forgive() {
        forgiving = true;
    }

    /** No new requests from now on. */
    public void stop() {
        stopped = true;
    }

    public int inFlight() {
        return inFlight;
    }

    /** Requests that were carried out, reads and refused conditions included. */
    public int succeeded() {
        return succeeded;
    }

    public List<Key> keys() {
        return requests.keys();
    }

    /**
     * Reads a key from a node.
     *
     * @param then takes the object read, or null when it cannot be had now
     */
    public void read(Key key, int replicas, Node node, Reader then) {
        Attempt attempt = new Attempt(++attempts, requests.read(key, replicas), nowUs());
        checker.onAsked(attempt);
        world.tellClient(() -> attempt + " to " + node);
        node.submit(attempt.request(), reply -> {
            world.tellClient(() -> attempt + " answered " + reply);
            if (reply instanceof ClientReply.Value value) {
                checker.onShown(attempt, value, nowUs());
                then.onRead(
                        value.achieved().repair() == dev.kvorum.core.request.Achieved.Repair.PENDING
                                ? null
                                : value.object());
            } else {
                then.onRead(null);
            }
        });
    }

    /** Where a read goes. */
    public interface Reader {
        void onRead(@Nullable KvObject object);
    }

    private long nowUs() {
        return world.schedule().nowUs();
    }
}
