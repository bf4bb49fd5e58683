package dev.kvorum.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.kubelet.Children.Child;
import dev.kvorum.local.objects.Conditions;
import dev.kvorum.local.objects.Meta;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the cluster unless it runs, makes sure there is a KVCluster, and waits until it is Ready. */
final class Up {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int HOPELESS_RESTARTS = 5;
    private static final String CLUSTERS = "/apis/kvorum.dev/v1alpha1/kvclusters";

    private final Home home;
    private final ApiClient api;
    private final Progress progress = new Progress();

    Up(Home home) {
        this.home = home;
        this.api = new ApiClient(home);
    }

    int run() throws FailedException, IOException, InterruptedException {
        requireLinux();
        Builds.find(home);
        Process started = null;
        if (!api.answers() || home.children().running(Status.STAND_IN).isEmpty()) {
            // What a killed stand-in left behind would hold the addresses and the data directories.
            new Down(home).endAll();
            started = spawn();
        }
        awaitApi(started);
        progress.done("API server at http://127.0.0.1:" + home.port());
        applyExample();
        JsonNode cluster = awaitReady(started);
        progress.clear();
        Greeting.print(home, cluster, addresses(cluster), progress.elapsedText());
        return 0;
    }

    private static void requireLinux() throws FailedException {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            throw new FailedException("the local cluster needs Linux: only there is all of 127.0.0.0/8 on the loopback"
                    + " interface; elsewhere use a real cluster and the chart");
        }
    }

    /** In a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it. */
    private Process spawn() throws IOException {
        Files.createDirectories(home.standInLog().getParent());
        List<String> command = new ArrayList<>();
        if (isOnPath("setsid")) {
            command.add("setsid");
        }
        command.addAll(home.children().java(Status.STAND_IN, "127.0.0.1"));
        command.addAll(List.of(
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dkvorum.home=" + home.checkout(),
                "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kvorum.local.Main",
                "serve"));
        return new ProcessBuilder(command)
                .directory(home.checkout().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.standInLog().toFile()))
                .start();
    }

    private void awaitApi(@Nullable Process started) throws FailedException, InterruptedException {
        while (!api.answers()) {
            requireAlive(started);
            pause("starting the API server");
        }
    }

    /** The first time only: afterwards the clusters are what the user made of them. */
    private void applyExample() throws FailedException, IOException, InterruptedException {
        if (!api.list(CLUSTERS).isEmpty()) {
            return;
        }
        if (isOnPath("kubectl")) {
            kubectlApply();
        } else {
            progress.done("kubectl is missing, so you cannot look inside: install 1.28 or newer"
                    + " (Debian: kubernetes-client)");
            String example = Files.readString(home.example());
            for (var object : Json.parseDocuments(example)) {
                String wrong = api.create("/apis/kvorum.dev/v1alpha1/namespaces/default/kvclusters", object);
                if (!wrong.isEmpty()) {
                    throw new FailedException(home.example() + " is refused: " + wrong);
                }
            }
        }
        progress.done("applied " + home.checkout().relativize(home.example()));
    }

    private void kubectlApply() throws FailedException, IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("kubectl", "apply", "-f", home.example().toString()).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", home.kubeconfig().toString());
        builder.environment()
                .put("KUBECACHEDIR", home.state().resolve("kubectl").toString());
        Process kubectl = builder.start();
        String said = new String(kubectl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (kubectl.waitFor() != 0) {
            throw new FailedException("kubectl apply -f " + home.example() + " failed: " + said.strip());
        }
    }

    private JsonNode awaitReady(@Nullable Process started) throws FailedException, IOException, InterruptedException {
        while (true) {
            requireAlive(started);
            List<JsonNode> pods = api.list("/api/v1/pods");
            List<JsonNode> clusters = api.list(CLUSTERS);
            JsonNode cluster = clusters.stream()
                    .filter(candidate -> Meta.name(candidate).equals("demo"))
                    .findFirst()
                    .orElseGet(clusters::getFirst);
            boolean operatorReady = tellProgress(pods);
            if (operatorReady && isReady(cluster, pods)) {
                return cluster;
            }
            requireHope(pods, cluster);
            pause("waiting for KVCluster " + Meta.name(cluster) + " to be Ready");
        }
    }

    private boolean tellProgress(List<JsonNode> pods) throws InterruptedException {
        Optional<Child> operator = home.children().running(OperatorProcess.NAME);
        boolean ready = operator.isPresent() && api.isReady(operator.get().address());
        if (ready) {
            progress.done("operator, pid " + operator.get().process().pid());
        }
        for (JsonNode pod : pods) {
            if (Conditions.isTrue(pod, "Ready")) {
                progress.done("node " + Meta.name(pod) + " at " + Json.text(pod, "status", "podIP"));
            }
        }
        return ready;
    }

    /** What the operator said last may be from before a restart: the pods are asked too. */
    private static boolean isReady(JsonNode cluster, List<JsonNode> pods) {
        List<JsonNode> own = pods.stream().filter(pod -> isOf(cluster, pod)).toList();
        boolean observed = cluster.at("/metadata/generation").equals(cluster.at("/status/observedGeneration"));
        return observed
                && Conditions.isTrue(cluster, "Ready")
                && !own.isEmpty()
                && own.stream().allMatch(pod -> Conditions.isTrue(pod, "Ready"));
    }

    private static boolean isOf(JsonNode cluster, JsonNode pod) {
        return Meta.namespace(pod).equals(Meta.namespace(cluster))
                && Meta.name(pod).startsWith(Meta.name(cluster) + "-");
    }

    private List<String> addresses(JsonNode cluster) throws IOException, InterruptedException {
        return api.list("/api/v1/pods").stream()
                .filter(pod -> isOf(cluster, pod))
                .map(pod -> Json.text(pod, "status", "podIP"))
                .sorted()
                .toList();
    }

    private void requireAlive(@Nullable Process started) throws FailedException {
        boolean isGone = started != null
                && !started.isAlive()
                && home.children().running(Status.STAND_IN).isEmpty();
        if (isGone) {
            throw new FailedException("the stand-in ended at once; " + home.standInLog() + " says why");
        }
        if (progress.elapsed().compareTo(LONGEST) > 0) {
            throw new FailedException("not Ready after " + LONGEST.toSeconds() + " s; look at the logs in "
                    + home.layout().logs() + " (./kvorum logs)");
        }
    }

    private void requireHope(List<JsonNode> pods, JsonNode cluster) throws FailedException {
        for (JsonNode pod : pods) {
            JsonNode container = pod.at("/status/containerStatuses/0");
            if (isOf(cluster, pod)
                    && container.path("restartCount").asInt() >= HOPELESS_RESTARTS
                    && !Conditions.isTrue(pod, "Ready")) {
                throw new FailedException("node " + Meta.name(pod) + " keeps ending: "
                        + Json.text(container, "lastState", "terminated", "message") + "; its log is "
                        + home.layout().log(pod));
            }
        }
    }

    private void pause(String what) throws FailedException, InterruptedException {
        progress.waiting(what);
        requireAlive(null);
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator, -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
