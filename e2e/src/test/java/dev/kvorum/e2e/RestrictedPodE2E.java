package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.e2e.ground.Ability;
import dev.kvorum.e2e.ground.Ground;
import dev.kvorum.e2e.ground.Grounds;
import dev.kvorum.e2e.ground.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The node's image in a pod that may do next to nothing, under a user id that it has never heard of. */
@Needs(Ability.CONTAINERS)
class RestrictedPodE2E {

    /** Two seconds are the promise on a quiet machine. */
    private static final Duration START_LIMIT = Duration.ofSeconds(8);

    private static final String NAMESPACE = "restricted-node";
    private static final String DOOR = "/api/v1/namespaces/" + NAMESPACE + "/pods/alone:9600/proxy";

    private final Ground ground = Grounds.shared();
    private final String manifest =
            ground.home().resolve("e2e/src/test/resources/restricted-node.yaml").toString();

    @BeforeEach
    void thePodIsThere() {
        ground.kubectl("apply", "-f", manifest).mustSucceed();
        ground.kubectl("-n", NAMESPACE, "wait", "pod/alone", "--for=condition=Ready", "--timeout=60s")
                .mustSucceed();
    }

    @AfterEach
    void nothingStays() {
        ground.kubectl("delete", "-f", manifest, "--ignore-not-found").mustSucceed();
    }

    @Test
    void theNodeStartsFastAndTakesItsWholeClassArchive() {
        assertThat(ask("/admin/v1/node")).contains("\"state\":\"empty\"");

        String log =
                ground.kubectl("-n", NAMESPACE, "logs", "alone").mustSucceed().out();
        assertThat(log).doesNotContain("[cds").doesNotContain("ERROR");
        Duration took = Duration.between(processStart(), upAt(log));
        System.out.println("a node in a container was up after " + took.toMillis() + " ms");
        assertThat(took).isBetween(Duration.ZERO, START_LIMIT);
    }

    @Test
    void itsHeapIsAQuarterOfItsLimit() {
        String flags = ground.kubectl("-n", NAMESPACE, "exec", "alone", "--", "jcmd", "1", "VM.flags")
                .mustSucceed()
                .out();
        long quarterOf640Mi = 160L << 20;
        assertThat(flags).contains("-XX:MaxHeapSize=" + quarterOf640Mi);
    }

    /** What the list lacks makes starts slower, and nothing else would say so. */
    @Test
    void theClassListNamesNearlyAllOfOurClassesThatANodeLoads() throws IOException {
        String node = ground.nodes("demo").getFirst().name();
        List<String> loaded = ground.kubectl("exec", node, "--", "jcmd", "1", "VM.classes")
                .mustSucceed()
                .out()
                .lines()
                .map(line -> line.strip().replaceAll(".* ", ""))
                .filter(name -> name.matches("dev[.]kvorum[.][^/]*"))
                .map(name -> name.replace('.', '/'))
                .toList();
        Set<String> listed = new HashSet<>(Files.readAllLines(
                ground.home().resolve("images/src/main/resources/dev/kvorum/images/kv-node.classes")));

        assertThat(loaded).hasSizeGreaterThan(200);
        assertThat(loaded.stream().filter(listed::contains).count())
                .as("./kvorum up, then ./kvorum images --learn, renews the list")
                .isGreaterThan(loaded.size() * 9L / 10);
    }

    private Instant processStart() {
        Matcher metric =
                Pattern.compile("(?m)^process_start_time_seconds ([0-9.E]+)").matcher(ask("/metrics"));
        assertThat(metric.find()).isTrue();
        return Instant.ofEpochMilli((long) (Double.parseDouble(metric.group(1)) * 1000));
    }

    private static Instant upAt(String log) {
        String line =
                log.lines().filter(said -> said.endsWith("is up")).findFirst().orElseThrow();
        return Instant.parse(line.split(" ", 2)[0]);
    }

    private String ask(String path) {
        return ground.kubectl("get", "--raw", DOOR + path).mustSucceed().out();
    }
}
