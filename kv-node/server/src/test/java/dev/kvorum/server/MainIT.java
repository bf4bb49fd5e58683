package dev.kvorum.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process itself: what Kubernetes sees of it. */
class MainIT {

    private static final String HOST = "127.67.0.1";
    private static final int WAIT_SECONDS = 60;

    @TempDir
    Path directory;

    @Test
    void aNodeThatIsAskedToStopEndsWithoutAFailure() throws Exception {
        Process node = start("name: alone\ndataDir: " + directory.resolve("data") + "\nbindHost: " + HOST
                + "\nobjectCacheBytes: 16777216\n");
        try {
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (node.isAlive() && !isStarted() && System.nanoTime() < deadlineNs) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            node.destroy();
            assertThat(node.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).as(output()).isZero();
        } finally {
            node.destroyForcibly();
        }
    }

    @Test
    void aKeyThatIsUnknownStopsTheStart() throws Exception {
        Process node = start("name: alone\ndataDri: /tmp\n");
        assertThat(node.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isEqualTo(2);
        assertThat(output()).startsWith("kv-node: ").contains("dataDri");
    }

    private Process start(String configuration) throws IOException {
        Path file = Files.writeString(directory.resolve("kv-node.yaml"), configuration);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kvorum.server.Main",
                "--config",
                file.toString()));
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    private static boolean isStarted() {
        try {
            URI health = URI.create("http://" + HOST + ":9600/health/started");
            return ((HttpURLConnection) health.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
