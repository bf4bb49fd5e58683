package dev.kvorum.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Drives workloads against RESP servers from one event loop. */
final class Load {

    private static final int TICK_MS = 1;
    private static final int FILL_CONNECTIONS = 32;
    private static final int FILL_BATCH = 64;
    private static final int QUIET_LOOK_MS = 10;

    private final Vertx vertx;
    private final NetClient client;
    private final List<SocketAddress> servers;

    Load(Vertx vertx, List<SocketAddress> servers) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        this.servers = servers;
    }

    /** Writes every key once. */
    Future<Void> fill(Workload workload) {
        AtomicInteger nextKey = new AtomicInteger();
        List<Future<Void>> fills = new ArrayList<>();
        for (int i = 0; i < FILL_CONNECTIONS; i++) {
            fills.add(connect(i).compose(socket -> {
                Promise<Void> done = Promise.promise();
                new Filler(socket, workload, nextKey, FILL_BATCH, done).next();
                return done.future();
            }));
        }
        return Future.all(fills).mapEmpty();
    }

    /**
     * Warms up, then records for as long as the workload says. {@code atStart} and {@code atEnd} bracket the recording.
     */
    Future<Recorder> run(Workload workload, int warmUpSeconds, Runnable atStart, Runnable atEnd) {
        Recorder recorder = new Recorder();
        SplittableRandom random = new SplittableRandom(workload.hashCode());
        List<Future<LoadConnection>> opening = new ArrayList<>();
        for (int i = 0; i < workload.connections(); i++) {
            SplittableRandom own = random.split();
            opening.add(connect(i).map(socket -> new LoadConnection(socket, workload, recorder, own)));
        }
        return Future.all(opening).compose(opened -> {
            List<LoadConnection> connections = opened.list();
            long schedule = workload.perSecond() == 0 ? -1 : schedule(workload, connections);
            if (workload.perSecond() == 0) {
                connections.forEach(LoadConnection::begin);
            }
            return after(warmUpSeconds)
                    .compose(warm -> {
                        atStart.run();
                        recorder.record();
                        return after(workload.seconds());
                    })
                    .compose(over -> {
                        recorder.end();
                        atEnd.run();
                        vertx.cancelTimer(schedule);
                        connections.forEach(LoadConnection::stop);
                        return quiet(connections);
                    })
                    .map(quiet -> {
                        connections.forEach(LoadConnection::close);
                        return recorder;
                    });
        });
    }

    /** Starts what has become due since the last tick, round robin over the connections. */
    private long schedule(Workload workload, List<LoadConnection> connections) {
        long intervalNs = 1_000_000_000L / workload.perSecond();
        long[] state = {System.nanoTime(), 0};
        return vertx.setPeriodic(TICK_MS, tick -> {
            long now = System.nanoTime();
            while (state[0] <= now) {
                connections.get((int) (state[1]++ % connections.size())).start(state[0]);
                state[0] += intervalNs;
            }
            connections.forEach(LoadConnection::flush);
        });
    }

    private Future<io.vertx.core.net.NetSocket> connect(int number) {
        return client.connect(servers.get(number % servers.size()));
    }

    private Future<Void> after(int seconds) {
        Promise<Void> promise = Promise.promise();
        vertx.setTimer(Math.max(1, seconds * 1_000L), due -> promise.complete());
        return promise.future();
    }

    private Future<Void> quiet(List<LoadConnection> connections) {
        Promise<Void> promise = Promise.promise();
        long giveUpNs = System.nanoTime() + 5_000_000_000L;
        vertx.setPeriodic(QUIET_LOOK_MS, look -> {
            boolean none = connections.stream().allMatch(connection -> connection.waiting() == 0);
            if (none || System.nanoTime() > giveUpNs) {
                vertx.cancelTimer(look);
                promise.complete();
            }
        });
        return promise.future();
    }
}
