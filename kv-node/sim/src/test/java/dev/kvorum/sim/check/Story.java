package dev.kvorum.sim.check;

import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Levels;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One key's history at a perfect store of three replicas (R = W = 2), told to a checker as it happens: clients that
 * know something or nothing, two homes by turns, some attempts whose outcome nobody learns.
 */
final class Story {

    static final Key KEY = new Key(0, "key".getBytes(StandardCharsets.UTF_8));
    private static final int CLIENTS = 3;

    final DotChecker checker = new DotChecker(3, new FixedTerms(since -> 0));
    final SplittableRandom random;
    final @Nullable Version[] sessions = new @Nullable Version[CLIENTS];
    KvObject state = KvObject.ABSENT;
    private final long[] sequences = new long[2];
    private long nowUs;
    private long numbers;

    Story(long seed) {
        random = new SplittableRandom(seed);
    }

    void tell(int steps) {
        for (int i = 0; i < steps; i++) {
            int client = random.nextInt(CLIENTS);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> read(client);
                case 3 -> deny(ask(new Operation.Read(), null));
                case 4 -> sessions[client] = null;
                default -> write(client);
            }
        }
    }

    void end() {
        checker.onEnd(KEY, state, 3);
    }

    // ---- legal steps

    private void write(int client) {
        Version context = random.nextInt(5) == 0 ? Version.EMPTY : sessions[client];
        Attempt attempt = askToPut(context);
        Sibling fresh = fresh(attempt);
        store(context == null ? state.overwriteAll(fresh) : state.write(context, fresh));
        if (random.nextInt(4) > 0) {
            sessions[client] = acknowledge(attempt, fresh, state, 2);
        }
    }

    private void read(int client) {
        Attempt attempt = ask(new Operation.Read(), sessions[client]);
        show(attempt, state);
        sessions[client] = state.version();
    }

    // ---- what steps are made of

    Attempt ask(Operation operation, @Nullable Version context) {
        var request = new ClientRequest(KEY, operation, new Levels(2, 2, Durability.FSYNC, 1), context, 0, 1_000);
        Attempt attempt = new Attempt(++numbers, request, ++nowUs);
        checker.onAsked(attempt);
        return attempt;
    }

    Attempt askToPut(@Nullable Version context) {
        byte[] value = Values.of(numbers + 1, Values.LEAST_BYTES);
        return ask(new Operation.Put(Kind.BYTES, "", value, Expiry.NEVER, Condition.NONE), context);
    }

    Sibling fresh(Attempt attempt) {
        int actor = random.nextInt(sequences.length);
        return value(attempt, new Dot(actor + 1, ++sequences[actor]));
    }

    static Sibling value(Attempt attempt, Dot dot) {
        byte[] value = Values.of(attempt.number(), Values.LEAST_BYTES);
        return new Sibling(dot, Kind.BYTES, "", 0, attempt.number(), new byte[0], value);
    }

    void store(KvObject object) {
        checker.onStored(KEY, object, 0, 2);
        state = object;
    }

    Version acknowledge(Attempt attempt, Sibling fresh, KvObject object, int replicas) {
        Version sent = attempt.request().context() == null
                ? Version.EMPTY
                : attempt.request().context();
        Version context = object.contextAfterWrite(sent, fresh.dot());
        var achieved = new Achieved(replicas, 1, Durability.FSYNC, 1, Achieved.Repair.NONE_NEEDED);
        checker.onWritten(
                attempt,
                new ClientReply.Written(context, fresh.hlc(), object.digest(), KvObject.ABSENT, 0, achieved),
                ++nowUs);
        return context;
    }

    void show(Attempt attempt, KvObject object) {
        var achieved = new Achieved(2, 1, Durability.FSYNC, 1, Achieved.Repair.NONE_NEEDED);
        checker.onShown(attempt, new ClientReply.Value(object, 0, achieved), ++nowUs);
    }

    void deny(Attempt attempt) {
        checker.onNotApplied(attempt);
    }
}
