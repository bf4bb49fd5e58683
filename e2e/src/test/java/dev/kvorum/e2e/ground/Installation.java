package dev.kvorum.e2e.ground;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** The operator of this checkout on a Kubernetes cluster, and what its clusters look like through the API. */
final class Installation {

    private static final String FORWARDED = "127.3.1.1";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Kubectl kubectl;
    private final Delivery delivery;
    private final Function<Node, String> door;

    /** @param door where the doors of a node are reached from here, given the address that its pod has */
    Installation(Kubectl kubectl, Delivery delivery, Function<Node, String> door) {
        this.kubectl = kubectl;
        this.delivery = delivery;
        this.door = door;
    }

    /** Archives of all that tests run: what {@code ./kvorum images} makes of this checkout, and a client's image. */
    static List<Path> images(Path home) {
        List<Path> images = new ArrayList<>(ownImages(home));
        if (ClientImage.busybox().isPresent()) {
            images.add(ClientImage.make(home.resolve("e2e/target/client-image")));
        }
        return images;
    }

    private static List<Path> ownImages(Path home) {
        String said = Shell.run(
                        Duration.ofMinutes(10),
                        Map.of("NO_COLOR", "1"),
                        List.of(home.resolve("kvorum").toString(), "images"))
                .mustSucceed()
                .out();
        return said.lines()
                .map(String::strip)
                .filter(line -> line.endsWith(".tar"))
                .map(Path::of)
                .toList();
    }

    void install() {
        if (!kubectl.run("get", "kvclusters", "--all-namespaces", "-o", "name")
                .out()
                .isBlank()) {
            throw new AssertionError("this cluster has KVClusters already; the tests want one of their own");
        }
        delivery.install();
        System.out.println("the operator came with " + delivery);
    }

    /** Waits for the cluster demo, which was applied just now; says how long that took. */
    void awaitAvailable() {
        long beganNs = System.nanoTime();
        kubectl.run("wait", "--for=condition=Available", "kvc/demo", "--timeout=" + LIMIT.toSeconds() + "s")
                .mustSucceed();
        System.out.println("demo was available "
                + Duration.ofNanos(System.nanoTime() - beganNs).toMillis() + " ms after apply");
        kubectl.run("wait", "--for=condition=Ready", "kvc/demo", "--timeout=" + LIMIT.toSeconds() + "s")
                .mustSucceed();
    }

    /** Takes away what {@link #install} brought, volumes too; Kubernetes finishes it after this JVM has ended. */
    void remove() {
        kubectl.run("delete", "kvclusters", "--all", "--wait=false");
        kubectl.run("delete", "pvc", "-l", "app.kubernetes.io/name=kvorum", "--wait=false");
        delivery.remove();
    }

    Shell.Result kubectl(String... arguments) {
        return kubectl.run(arguments);
    }

    PortForward forward(String namespace, String target) {
        return PortForward.open(kubectl, FORWARDED, List.of("-n", namespace, target, "8080", "6379"));
    }

    List<Node> nodes(String cluster) {
        List<Node> nodes = new ArrayList<>();
        String pods = kubectl.run(
                        "get",
                        "pods",
                        "-l",
                        "app.kubernetes.io/name=kvorum,kvorum.dev/cluster=" + cluster,
                        "-o",
                        "json")
                .mustSucceed()
                .out();
        for (JsonNode pod : Ground.json(pods).get("items")) {
            node(pod).ifPresent(nodes::add);
        }
        nodes.sort(Comparator.comparing(Node::name));
        return nodes;
    }

    /** The life that a pod of this name leads now. */
    Optional<Node> node(String name) {
        Shell.Result found = kubectl.run("get", "pod", name, "-o", "json");
        return found.code() == 0 ? node(Ground.json(found.out())) : Optional.empty();
    }

    private Optional<Node> node(JsonNode pod) {
        JsonNode container = pod.at("/status/containerStatuses/0");
        String address = pod.at("/status/podIP").asText();
        if (!container.path("state").has("running") || address.isEmpty()) {
            return Optional.empty();
        }
        Node node = new Node(
                pod.at("/metadata/name").asText(), container.path("containerID").asText(), address);
        return Optional.of(new Node(node.name(), node.process(), door.apply(node)));
    }

    long startedMs(Node node) {
        String at = kubectl.run(
                        "get",
                        "pod",
                        node.name(),
                        "-o",
                        "jsonpath={.status.containerStatuses[0].state.running.startedAt}")
                .mustSucceed()
                .out();
        return Instant.parse(at).toEpochMilli();
    }

    /** The pod of the operator that leads, or "" while nobody does. */
    String leader() {
        String holder = kubectl.run(
                        "get",
                        "lease",
                        Delivery.RELEASE,
                        "-n",
                        Delivery.NAMESPACE,
                        "-o",
                        "jsonpath={.spec.holderIdentity}")
                .out()
                .strip();
        boolean there = !holder.isEmpty()
                && kubectl.run("get", "pod", holder, "-n", Delivery.NAMESPACE).code() == 0;
        return there ? holder : "";
    }

    void killLeader() {
        String leader = Awaitility.await().atMost(LIMIT).until(this::leader, name -> !name.isEmpty());
        kubectl.run("delete", "pod", leader, "-n", Delivery.NAMESPACE, "--grace-period=0", "--force", "--wait=false")
                .mustSucceed();
    }
}
