package dev.kvorum.server.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kvorum.server.door.DoorFixture;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tools that come with Redis, where they are installed. */
class RedisToolsIT {

    private final DoorFixture fixture = new DoorFixture();
    private int port;

    @BeforeEach
    void open() {
        RespDoor door = new RespDoor(
                fixture.vertx, DoorFixture.doors(), fixture.requests, fixture.node, fixture.metrics.meter("resp"));
        port = fixture.on(() -> door.listen("127.0.0.1", 0));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theCommandLineToolWorksInBothVersionsOfTheProtocol() {
        assertThat(run("redis-cli", "set", "k", "a b")).isEqualTo("OK\n");
        assertThat(run("redis-cli", "-c", "get", "k")).isEqualTo("a b\n");
        assertThat(run("redis-cli", "-3", "get", "k")).isEqualTo("a b\n");
        assertThat(run("redis-cli", "mget", "k", "nope")).isEqualTo("a b\n\n");
        fixture.node.keys().become(List.of("k", "other"));
        assertThat(run("redis-cli", "--scan", "--pattern", "[a-k]")).isEqualTo("k\n");
        assertThat(run("redis-cli", "dbsize")).isEqualTo("2\n");
        assertThat(run("redis-cli", "--bigkeys"))
                .contains("Biggest string found")
                .contains("k")
                .contains("3 bytes");
        assertThat(run("redis-cli", "cluster", "slots")).contains("127.0.0.3").hasLineCount(16 * 6);
    }

    @Test
    void theBenchmarkRunsCleanWithAndWithoutPipelines() {
        String[] pipelined = "-t set,get,mset -n 20000 -P 16 -d 100 -r 1000 -q".split(" ", -1);
        assertThat(run("redis-benchmark", pipelined))
                .contains("SET: ")
                .contains("GET: ")
                .contains("MSET (10 keys): ")
                .doesNotContainIgnoringCase("error")
                .doesNotContainIgnoringCase("warning");
        assertThat(run("redis-benchmark", "-t", "incr", "-n", "5000", "-P", "4", "-q"))
                .contains("INCR: ")
                .doesNotContainIgnoringCase("error");
        assertThat(run("redis-cli", "get", "counter:__rand_int__")).isEqualTo("5000\n");
        assertThat(run("redis-benchmark", "-t", "ping,set", "-n", "2000", "-q")).contains("PING_INLINE: ");
    }

    private String run(String tool, String... arguments) {
        boolean installed = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> new File(directory, tool).canExecute());
        assumeThat(installed).as(tool + " is installed").isTrue();
        List<String> line = new ArrayList<>(List.of(tool, "-p", Integer.toString(port)));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
