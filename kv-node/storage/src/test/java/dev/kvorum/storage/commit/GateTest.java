package dev.kvorum.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {

    @Test
    void nobodyEntersOnceItIsClosed() {
        Gate gate = new Gate();
        assertThat(gate.enter()).isTrue();
        gate.exit();
        gate.close();
        assertThat(gate.enter()).isFalse();
    }

    @Test
    void closingWaitsForWhoeverIsInside() throws Exception {
        Gate gate = new Gate();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread inside = Thread.ofPlatform().start(() -> {
            gate.enter();
            entered.countDown();
            awaitQuietly(leave);
            gate.exit();
        });
        entered.await();
        Thread closer = Thread.ofPlatform().start(gate::close);
        closer.join(50);
        assertThat(closer.isAlive()).isTrue();
        leave.countDown();
        closer.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(closer.isAlive()).isFalse();
        inside.join();
    }

    @Test
    void nobodyIsInsideWhenCloseReturns() throws Exception {
        for (int round = 0; round < 60; round++) {
            Gate gate = new Gate();
            AtomicBoolean closed = new AtomicBoolean();
            AtomicInteger trespasses = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int at = 0; at < 4; at++) {
                threads.add(Thread.ofPlatform().start(() -> hammer(gate, closed, trespasses)));
            }
            gate.close();
            closed.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(trespasses).hasValue(0);
        }
    }

    private static void hammer(Gate gate, AtomicBoolean closed, AtomicInteger trespasses) {
        while (gate.enter()) {
            if (closed.get()) {
                trespasses.incrementAndGet();
            }
            gate.exit();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
