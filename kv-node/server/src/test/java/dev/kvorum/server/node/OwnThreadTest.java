package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OwnThreadTest {

    private final OwnThread thread = new OwnThread();

    @Test
    void whoStepsFirstIsTheOnlyOne() {
        thread.check();
        thread.check();
        CompletableFuture<Void> other = CompletableFuture.runAsync(thread::check);
        assertThatThrownBy(other::join)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Thread.currentThread().getName());
    }
}
