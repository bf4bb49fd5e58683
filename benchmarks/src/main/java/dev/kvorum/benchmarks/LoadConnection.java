package dev.kvorum.benchmarks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.SplittableRandom;

/**
 * One client connection: keeps its share of requests outstanding (closed loop) or starts them on schedule (open loop).
 * Runs on the client's event loop.
 */
final class LoadConnection implements Replies.Listener {

    private final NetSocket socket;
    private final Requests requests;
    private final Replies replies = new Replies();
    private final Recorder recorder;
    private final Workload workload;
    private long[] startedNs = new long[1_024];
    private int head;
    private int waiting;
    private boolean stopped;

    LoadConnection(NetSocket socket, Workload workload, Recorder recorder, SplittableRandom random) {
        this.socket = socket;
        this.workload = workload;
        this.recorder = recorder;
        this.requests = new Requests(workload, random);
        socket.handler(this::onBytes);
        socket.closeHandler(closed -> {
            if (!stopped) {
                recorder.lost(waiting);
            }
        });
    }

    /** Begins a closed loop. */
    void begin() {
        for (int i = 0; i < workload.perConnection(); i++) {
            start(System.nanoTime());
        }
        flush();
    }

    /** Starts one request that was due at this instant, however late that is; its latency counts from there. */
    void start(long dueNs) {
        requests.next();
        if (waiting == startedNs.length) {
            grow();
        }
        startedNs[(head + waiting++) & (startedNs.length - 1)] = dueNs;
    }

    void flush() {
        if (!requests.isEmpty()) {
            socket.write(Buffer.buffer(requests.take()));
        }
    }

    void stop() {
        stopped = true;
    }

    int waiting() {
        return waiting;
    }

    void close() {
        socket.close();
    }

    private void onBytes(Buffer piece) {
        replies.feed(piece.getBytes(), this);
        flush();
    }

    @Override
    public void onValue() {
        answered();
    }

    @Override
    public void onMiss() {
        recorder.missed();
        answered();
    }

    @Override
    public void onError(String message) {
        recorder.failed(message);
        answered();
    }

    private void answered() {
        long now = System.nanoTime();
        recorder.answered(now - startedNs[head]);
        head = (head + 1) & (startedNs.length - 1);
        waiting--;
        if (workload.perSecond() == 0 && !stopped) {
            start(now);
        }
    }

    private void grow() {
        long[] wider = new long[startedNs.length * 2];
        for (int i = 0; i < waiting; i++) {
            wider[i] = startedNs[(head + i) & (startedNs.length - 1)];
        }
        startedNs = wider;
        head = 0;
    }
}
