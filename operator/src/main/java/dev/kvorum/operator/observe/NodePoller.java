package dev.kvorum.operator.observe;

import dev.kvorum.operator.config.OperatorSettings;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeAdmin;
import dev.kvorum.operator.node.NodeAdmin.Door;
import dev.kvorum.operator.node.NodeAdminException;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.RingReport;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Asks nodes what they are, one virtual thread per pod, and keeps what they last said. A new answer that differs wakes
 * the cluster's reconciliation.
 *
 * <p>Each pass over a cluster names the pods to ask ({@link #watch}); what no pass named for a while is forgotten.
 */
@Singleton
public class NodePoller implements NodeWatch {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final NodeAdmin admin;
    private final OperatorSettings settings;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("ask-node-", 0).factory());
    private final Map<Target, Asked> asked = new ConcurrentHashMap<>();
    private final Map<String, RingReport> rings = new ConcurrentHashMap<>();
    private volatile Consumer<ClusterRef> wake = cluster -> {};

    @Inject
    public NodePoller(NodeAdmin admin, OperatorSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /** Who is told that a cluster's nodes say something new. */
    public void onNews(Consumer<ClusterRef> listener) {
        this.wake = listener;
    }

    @Override
    public Map<String, NodeAnswer> watch(ClusterRef cluster, Map<String, Door> doors, Pace pace) {
        var answers = new TreeMap<String, NodeAnswer>();
        doors.forEach((pod, door) -> {
            Asked node = asked.computeIfAbsent(new Target(cluster, pod, door), this::begin);
            node.watchedAt = Instant.now();
            node.pause = switch (pace) {
                case SETTLING -> settings.pollWhileSettling();
                case AT_REST -> settings.pollAtRest();
            };
            answers.put(pod, node.answer);
        });
        forgetOthers(cluster, doors);
        return answers;
    }

    private void forgetOthers(ClusterRef cluster, Map<String, Door> doors) {
        asked.forEach((target, node) -> {
            if (target.cluster().equals(cluster) && !target.door().equals(doors.get(target.pod()))) {
                node.watchedAt = Instant.EPOCH;
            }
        });
    }

    @Override
    public Optional<RingReport> ring(String hash) {
        return Optional.ofNullable(rings.get(hash));
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    private Asked begin(Target target) {
        var node = new Asked();
        threads.execute(() -> askUntilForgotten(target, node));
        return node;
    }

    private void askUntilForgotten(Target target, Asked node) {
        try {
            while (node.watchedAt.isAfter(Instant.now().minus(FORGOTTEN_AFTER))) {
                NodeAnswer answer = ask(target.door());
                if (!answer.equals(node.answer)) {
                    node.answer = answer;
                    wake.accept(target.cluster());
                }
                Thread.sleep(node.pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asked.remove(target, node);
        }
    }

    private NodeAnswer ask(Door door) {
        try {
            NodeReport report = admin.node(door);
            return switch (report.state()) {
                case STARTING -> new NodeAnswer.Silent(Objects.requireNonNullElse(report.reason(), "is starting"));
                case EMPTY -> new NodeAnswer.Answered(report, List.of());
                case RECOVERING, READY, FENCED, DRAINING -> {
                    learnRing(door, report);
                    yield new NodeAnswer.Answered(report, sorted(admin.members(door)));
                }
            };
        } catch (NodeAdminException e) {
            return new NodeAnswer.Silent(Objects.requireNonNullElse(e.getMessage(), "does not answer"));
        }
    }

    private void learnRing(Door door, NodeReport report) {
        String hash = report.ringHash();
        if (hash != null && !rings.containsKey(hash)) {
            rings.put(hash, admin.ring(door));
        }
    }

    private static List<MemberReport> sorted(List<MemberReport> members) {
        return members.stream().sorted(Comparator.comparing(MemberReport::id)).toList();
    }

    private record Target(ClusterRef cluster, String pod, Door door) {}

    private static final class Asked {
        volatile NodeAnswer answer = new NodeAnswer.NotAsked();
        volatile Instant watchedAt = Instant.now();
        volatile Duration pause = Duration.ofSeconds(1);
    }
}
