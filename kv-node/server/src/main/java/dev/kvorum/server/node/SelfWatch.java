package dev.kvorum.server.node;

import dev.kvorum.server.door.Reading;
import dev.kvorum.storage.NodeStorage;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches how well this node itself works: whether its loops turn, and how long they and the disk take. What it finds
 * is the node's own word to the members, so that a slow node is spared by others and trusts its own probes less
 * (Lifeguard, section 4).
 */
final class SelfWatch {

    private static final int LOOK_MS = 1_000;

    /** One loop and how it is. */
    private record Watched(ContextInternal context, Pulse pulse) {}

    private final Vertx vertx;
    private final Contexts contexts;
    private final Supplier<@Nullable NodeStorage> storage;
    private final List<Watched> loops = new ArrayList<>();
    private final CommitPace commits = new CommitPace();
    private volatile int score = 100;

    /**
     * @param storage null until it is open
     */
    SelfWatch(Vertx vertx, Contexts contexts, Supplier<@Nullable NodeStorage> storage) {
        this.vertx = vertx;
        this.contexts = contexts;
        this.storage = storage;
        for (int loop = 0; loop < contexts.data().size(); loop++) {
            watch(Integer.toString(loop), contexts.data().get(loop));
        }
        watch("control", contexts.control());
    }

    private void watch(String name, Context context) {
        loops.add(new Watched((ContextInternal) context, new Pulse(name, Clock.nowMs())));
    }

    /**
     * Begins to watch.
     *
     * @param startMs for how long to judge nothing, because a start is slow by nature and says nothing of what follows
     * @param changed is told the score about once a second, on the control context
     */
    void begin(int startMs, IntConsumer changed) {
        for (Watched loop : loops) {
            Pulse pulse = loop.pulse();
            loop.context().runOnContext(here -> {
                vertx.setPeriodic(Pulse.BEAT_MS, timer -> pulse.beat(Clock.nowMs()));
                vertx.setTimer(startMs, started -> pulse.forget());
            });
        }
        contexts.control()
                .runOnContext(here -> vertx.setPeriodic(startMs + LOOK_MS, LOOK_MS, timer -> {
                    score = SelfScore.of(slowestMs());
                    changed.accept(score);
                }));
    }

    private long slowestMs() {
        long nowMs = Clock.nowMs();
        long slowestMs = 0;
        for (Watched loop : loops) {
            slowestMs = Math.max(slowestMs, loop.pulse().lagMs(nowMs));
        }
        NodeStorage store = storage.get();
        if (store != null) {
            commits.look(store.commits(), store.queuedBytes(), nowMs);
            slowestMs = Math.max(slowestMs, commits.ms(nowMs));
        }
        return slowestMs;
    }

    /** For how long the loop that has turned least lately has stood still. */
    long stillForMs() {
        long nowMs = Clock.nowMs();
        return loops.stream()
                .mapToLong(loop -> loop.pulse().stillForMs(nowMs))
                .max()
                .orElse(0);
    }

    List<Reading> readings() {
        long nowMs = Clock.nowMs();
        List<Reading> readings = new ArrayList<>();
        for (Watched loop : loops) {
            readings.add(Reading.of(
                    "loop_lag_ms",
                    "By how much an event loop was late at most in the last 5 to 10 seconds.",
                    "loop",
                    loop.pulse().name(),
                    loop.pulse().lagMs(nowMs)));
        }
        for (Watched loop : loops) {
            readings.add(Reading.of(
                    "loop_pending_tasks",
                    "Tasks that wait for an event loop.",
                    "loop",
                    loop.pulse().name(),
                    pending(loop.context().nettyEventLoop())));
        }
        readings.add(Reading.of(
                "node_score_percent", "How well this node works by its own judgement; 100 is healthy.", score));
        return readings;
    }

    private static int pending(EventLoop loop) {
        return loop instanceof SingleThreadEventExecutor executor ? executor.pendingTasks() : 0;
    }
}
