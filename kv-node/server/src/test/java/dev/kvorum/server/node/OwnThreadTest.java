package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OwnThreadTest {

    private final List<RuntimeException> bugs = new ArrayList<>();
    private final OwnThread thread = new OwnThread(bugs::add);

    @Test
    void whoStepsFirstIsTheOnlyOne() {
        assertThat(thread.isThis()).isTrue();
        assertThat(thread.isThis()).isTrue();
        assertThat(bugs).isEmpty();
        assertThat(CompletableFuture.supplyAsync(thread::isThis).join()).isFalse();
        assertThat(bugs)
                .singleElement()
                .satisfies(bug -> assertThat(bug)
                        .hasMessageContaining(Thread.currentThread().getName()));
    }
}
