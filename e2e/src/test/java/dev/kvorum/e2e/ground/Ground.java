package dev.kvorum.e2e.ground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A place with the operator and the cluster {@code demo} of three nodes in three zones, in namespace {@code default}.
 * All methods block. What {@link Ability} names may be called only where the ground has it; elsewhere it throws.
 */
public interface Ground extends AutoCloseable {

    ObjectMapper JSON = new ObjectMapper();
    Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** This checkout. */
    Path home();

    Shell.Result kubectl(String... arguments);

    /** {@link Ability#CHART}: helm against this cluster. */
    default Shell.Result helm(String... arguments) {
        throw lacks(Ability.CHART);
    }

    /** The manifest under {@code examples} that fits this ground, for a cluster of another name and size. */
    String example(String cluster, int replicas);

    default void apply(String manifest, String... options) {
        try {
            Path file = Files.createTempFile("kvorum-e2e-", ".yaml");
            Files.writeString(file, manifest);
            kubectl(Stream.concat(Stream.of("apply", "-f", file.toString()), Stream.of(options))
                            .toArray(String[]::new))
                    .mustSucceed();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link Ability#CONTAINERS}: {@code kubectl port-forward} of the client doors. */
    default PortForward forward(String namespace, String target) {
        throw lacks(Ability.CONTAINERS);
    }

    /** The nodes of a cluster that run now, in order of name. */
    List<Node> nodes(String cluster);

    /** The life that a node leads now, if it is another than this one. */
    Optional<Node> successor(Node former);

    /** When this life began, in milliseconds since 1970. */
    long startedMs(Node node);

    /** {@link Ability#KILL_NODE}: all of them in one breath. */
    default void kill(List<Node> nodes) {
        throw lacks(Ability.KILL_NODE);
    }

    /** {@link Ability#KILL_NODE}: as {@code kill -TERM} does. */
    default void askToEnd(Node node) {
        throw lacks(Ability.KILL_NODE);
    }

    /** {@link Ability#FREEZE_NODE}: until {@link #thaw}. */
    default void freeze(Node node) {
        throw lacks(Ability.FREEZE_NODE);
    }

    default void thaw(Node node) {
        throw lacks(Ability.FREEZE_NODE);
    }

    /** {@link Ability#ZONE_AWAY}: no goodbyes, and nothing comes back before {@link #bringBack}. */
    default void takeAway(String zone) {
        throw lacks(Ability.ZONE_AWAY);
    }

    default void bringBack(String zone) {
        throw lacks(Ability.ZONE_AWAY);
    }

    /** {@link Ability#PARTITION}: the zone is cut off from the others and from the control plane, not from here. */
    default void cutOff(String zone) {
        throw lacks(Ability.PARTITION);
    }

    /** Ends every partition. */
    default void heal() {
        throw lacks(Ability.PARTITION);
    }

    /** {@link Ability#RESTART_KUBELET}: of every machine in the zone. */
    default void restartKubelet(String zone) {
        throw lacks(Ability.RESTART_KUBELET);
    }

    /** What runs the operator that leads now; another name after each change. Empty while nobody leads. */
    String operator();

    /** {@link Ability#KILL_OPERATOR}: the one that leads, without a goodbye. */
    void killOperator();

    @Override
    void close();

    default List<String> addresses(String cluster) {
        return nodes(cluster).stream().map(Node::address).toList();
    }

    /** Waits until the cluster reports Ready for what it is asked to be now. */
    default void awaitReady(String cluster, Duration limit) {
        kubectl("wait", "--for=condition=Ready", "kvc/" + cluster, "--timeout=" + limit.toSeconds() + "s")
                .mustSucceed();
    }

    /**
     * Waits until another process runs in the place of this one, its pod is ready, and the cluster is: right after a
     * node ended, the cluster still reports what was true before.
     */
    default Node awaitAnother(String cluster, Node former, Duration limit) {
        Node another = awaitSuccessor(former, limit);
        kubectl("wait", "--for=condition=Ready", "pod/" + former.name(), "--timeout=" + limit.toSeconds() + "s")
                .mustSucceed();
        awaitReady(cluster, limit);
        return another;
    }

    default Node awaitSuccessor(Node former, Duration limit) {
        return Awaitility.await()
                .atMost(limit)
                .pollInterval(LOOK_AGAIN)
                .until(() -> successor(former), Optional::isPresent)
                .orElseThrow();
    }

    private static UnsupportedOperationException lacks(Ability ability) {
        return new UnsupportedOperationException("this ground cannot do that: " + ability.absence());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("not JSON: " + text, malformed);
        }
    }
}
