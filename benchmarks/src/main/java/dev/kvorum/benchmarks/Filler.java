package dev.kvorum.benchmarks;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes its share of all keys over one connection, a batch at a time. */
final class Filler implements Replies.Listener {

    private final NetSocket socket;
    private final Workload workload;
    private final AtomicInteger nextKey;
    private final int batch;
    private final Promise<Void> done;
    private final Requests requests;
    private final Replies replies = new Replies();
    private int waiting;

    Filler(NetSocket socket, Workload workload, AtomicInteger nextKey, int batch, Promise<Void> done) {
        this.socket = socket;
        this.workload = workload;
        this.nextKey = nextKey;
        this.batch = batch;
        this.done = done;
        this.requests = new Requests(workload, new SplittableRandom(1));
        socket.handler(piece -> replies.feed(piece.getBytes(), this));
        socket.closeHandler(closed -> done.tryFail("a connection was closed while the keys were written"));
    }

    void next() {
        int from = nextKey.getAndAdd(batch);
        if (from >= workload.keys()) {
            done.tryComplete();
            socket.close();
            return;
        }
        for (int key = from; key < Math.min(workload.keys(), from + batch); key++) {
            requests.set(key);
            waiting++;
        }
        socket.write(Buffer.buffer(requests.take()));
    }

    @Override
    public void onValue() {
        if (--waiting == 0) {
            next();
        }
    }

    @Override
    public void onMiss() {
        done.tryFail("a write was answered by null");
    }

    @Override
    public void onError(String message) {
        done.tryFail("a key could not be written: " + message);
    }
}
