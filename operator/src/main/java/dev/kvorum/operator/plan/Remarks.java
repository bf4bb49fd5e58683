package dev.kvorum.operator.plan;

import dev.kvorum.crds.spec.Zone;
import dev.kvorum.crds.status.Condition;
import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.operator.desired.Placement;
import dev.kvorum.operator.desired.Topology;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.observe.PodSeen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What there is to say beside the steps: what is wrong, and which wishes wait. */
final class Remarks {

    /** How long the scheduler may look for a host before it is a problem. */
    static final Duration SCHEDULING_PATIENCE = Duration.ofSeconds(30);

    private final Observed seen;
    private final Design design;
    private final List<Finding> findings = new ArrayList<>();

    private Remarks(Observed seen, Design design) {
        this.seen = seen;
        this.design = design;
    }

    static List<Finding> of(Observed seen, Design design, Instant now) {
        var remarks = new Remarks(seen, design);
        remarks.sayPaused();
        remarks.sayNamesTaken();
        remarks.sayFenced();
        remarks.sayEmptyVolumes();
        remarks.sayNoLeader();
        remarks.sayNodesDown();
        remarks.sayNoHost(now);
        remarks.sayRingChange();
        remarks.sayAutoscaler();
        remarks.sayBuckets();
        remarks.sayTemplate();
        return remarks.findings;
    }

    static List<PodSeen> unscheduled(Observed seen) {
        return seen.pods().stream().filter(pod -> pod.unscheduled() != null).toList();
    }

    private void sayPaused() {
        if (seen.spec().paused()) {
            say(ConditionType.PAUSED, Reason.PAUSED_BY_SPEC, "spec.paused is true; set it to false to go on");
        }
    }

    private void sayNamesTaken() {
        List<HasMetadata> taken = design.objects().stream()
                .flatMap(wanted -> seen.object(wanted).stream())
                .filter(live -> !seen.cluster().owns(live))
                .toList();
        if (!taken.isEmpty()) {
            say(
                    ConditionType.DEGRADED,
                    Reason.NAME_TAKEN,
                    taken.stream()
                                    .map(live -> live.getKind() + " "
                                            + live.getMetadata().getName())
                                    .collect(Collectors.joining(", "))
                            + (taken.size() == 1 ? " was" : " were")
                            + " not made for this KVCluster; delete it, or give the KVCluster another name");
        }
    }

    private void sayFenced() {
        sayOfPods(
                ConditionType.DEGRADED,
                Reason.NODE_FENCED,
                report -> report.state() == NodeReport.State.FENCED,
                "refuses to serve: ",
                "");
    }

    /** Empty beside data: its id is not in the ring, and only the authority can let it in. */
    private void sayEmptyVolumes() {
        switch (design.identity()) {
            case Identity.Fresh _, Identity.Mixture _ -> {
                // Without data, every volume may be empty.
            }
            case Identity.Known(String clusterId) -> {
                List<String> named = seen.reports()
                        .flatMap(report -> report.nodes().stream())
                        .distinct()
                        .toList();
                boolean mayBeNamed = seen.document().isPresent();
                sayOfPods(
                        ConditionType.DEGRADED,
                        Reason.EMPTY_VOLUME,
                        report -> report.isEmpty()
                                && !named.contains(report.id())
                                && !(mayBeNamed && seen.document().orElseThrow().names(report.id())),
                        "came back with an empty volume: ",
                        "its place in cluster " + clusterId + " is given to the new volume once the authority has found"
                                + " nobody at its address who holds the former one");
            }
        }
    }

    private void sayNoLeader() {
        if (Charge.lostLeader(seen)) {
            String troubles = Planner.troubles(seen, design.running());
            say(
                    ConditionType.DEGRADED,
                    Reason.NO_LEADER,
                    "no node that serves knows who leads the authority: reads and writes go on, what only it decides"
                            + " waits until more than half of status.ring.voters are back and see each other"
                            + (troubles.isEmpty() ? "" : ". Now: " + troubles));
        }
    }

    private void sayNodesDown() {
        String troubles = Planner.troubles(seen, design.running());
        if (!troubles.isEmpty() && hasServed(seen.status())) {
            say(ConditionType.DEGRADED, Reason.NODE_DOWN, troubles);
        }
    }

    /** Before a cluster was Ready once, a node that does not serve is only on its way. */
    private static boolean hasServed(@Nullable KVClusterStatus status) {
        return status != null
                && status.conditions().stream()
                        .anyMatch(condition -> isTrue(condition, ConditionType.READY)
                                || (isTrue(condition, ConditionType.DEGRADED)
                                        && condition.reason().equals(Reason.NODE_DOWN.word())));
    }

    private static boolean isTrue(Condition condition, ConditionType type) {
        return condition.type().equals(type.word()) && condition.status().equals("True");
    }

    private void sayNoHost(Instant now) {
        unscheduled(seen).stream()
                .filter(pod -> pod.unscheduledSince() != null
                        && pod.unscheduledSince().plus(SCHEDULING_PATIENCE).isBefore(now))
                .findFirst()
                .ifPresent(pod -> say(ConditionType.AVAILABLE, Reason.NO_NODE_IN_ZONE, noHost(pod)));
    }

    private String noHost(PodSeen pod) {
        Zone zone = design.blueprint().settled().zones().stream()
                .filter(candidate -> candidate.name().equals(pod.place().zone()))
                .findFirst()
                .orElseGet(() -> new Zone(pod.place().zone(), 1, null));
        Map<String, String> selector = Placement.nodeSelector(zone);
        return pod.name() + " finds no host with "
                + (selector.isEmpty() ? "enough room" : selector.toString())
                + "; look at `kubectl get nodes --show-labels`. The scheduler says: "
                + pod.unscheduled();
    }

    private void sayRingChange() {
        var changes = new ArrayList<String>();
        Topology wanted = design.wanted();
        Topology running = design.running();
        if (!wanted.equals(running)) {
            changes.add("nodes (" + running + " run, " + wanted + " are asked for)");
        }
        seen.ring().ifPresent(ring -> {
            if (ring.shards() != seen.spec().shards()) {
                changes.add("shards (" + ring.shards() + " → " + seen.spec().shards() + ")");
            }
            if (ring.factor() != seen.spec().replication().factor()) {
                changes.add("replication.factor (" + ring.factor() + " → "
                        + seen.spec().replication().factor() + ")");
            }
        });
        if (!changes.isEmpty()) {
            say(
                    ConditionType.SCALING_LIMITED,
                    Reason.RING_CHANGE_UNAVAILABLE,
                    "this release cannot change a ring; unchanged: " + String.join(", ", changes));
        }
    }

    private void sayAutoscaler() {
        switch (seen.spec().autoscaling().mode()) {
            case OFF, RECOMMEND -> {
                // spec.replicas decides.
            }
            case AUTO ->
                say(
                        ConditionType.SCALING_LIMITED,
                        Reason.AUTOSCALER_UNAVAILABLE,
                        "this release has no autoscaler; spec.autoscaling.mode Auto acts as Off");
        }
    }

    private void sayBuckets() {
        List<String> fixed = Buckets.fixed(seen);
        if (!fixed.isEmpty()) {
            say(
                    ConditionType.UPDATE_AVAILABLE,
                    Reason.BUCKETS_FIXED,
                    "buckets stay as they were declared: " + String.join(", ", fixed)
                            + "; set spec.buckets back, or change levels with PUT /admin/v1/buckets/NAME at a node"
                            + alsoTemplate());
        }
    }

    private String alsoTemplate() {
        return design.waiting().isEmpty() ? "" : "; also waits: " + String.join(", ", design.waiting());
    }

    private void sayTemplate() {
        if (!design.waiting().isEmpty()) {
            say(
                    ConditionType.UPDATE_AVAILABLE,
                    Reason.TEMPLATE_CHANGED,
                    "this release rolls no nodes; unchanged: " + String.join(", ", design.waiting()));
        }
    }

    private void sayOfPods(ConditionType type, Reason reason, Predicate<NodeReport> which, String what, String remedy) {
        String all = seen.pods().stream()
                .filter(pod -> pod.answer().heard().filter(which).isPresent())
                .map(pod -> pod.name() + " " + what + pod.trouble())
                .collect(Collectors.joining("; "));
        if (!all.isEmpty()) {
            say(type, reason, remedy.isEmpty() ? all : all + "; " + remedy);
        }
    }

    private void say(ConditionType type, Reason reason, String message) {
        findings.add(new Finding(type, reason, message));
    }
}
