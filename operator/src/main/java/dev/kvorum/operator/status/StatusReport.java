package dev.kvorum.operator.status;

import dev.kvorum.crds.status.AutoscalerStatus;
import dev.kvorum.crds.status.Endpoints;
import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.crds.status.RingStatus;
import dev.kvorum.crds.status.RingStatus.ZoneNodes;
import dev.kvorum.operator.act.Outcome;
import dev.kvorum.operator.desired.Doors;
import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.observe.NodeAnswer;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.plan.Action;
import dev.kvorum.operator.plan.ConditionType;
import dev.kvorum.operator.plan.Finding;
import dev.kvorum.operator.plan.Plan;
import dev.kvorum.operator.plan.Reason;
import dev.kvorum.operator.plan.RingHealth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status after one pass. */
public final class StatusReport {

    private final Observed seen;
    private final Plan plan;
    private final List<Finding> findings;
    private final RingHealth ring;
    private final Conditions conditions;

    private StatusReport(Observed seen, Plan plan, Outcome outcome, Instant now) {
        this.seen = seen;
        this.plan = plan;
        this.findings = Stream.concat(outcome.failure().stream(), plan.findings().stream())
                .toList();
        this.ring = RingHealth.of(seen, plan.running());
        this.conditions = new Conditions(seen.status(), seen.generation(), now);
    }

    public static KVClusterStatus of(Observed seen, Plan plan, Outcome outcome, Instant now) {
        return new StatusReport(seen, plan, outcome, now).status(outcome, now);
    }

    private KVClusterStatus status(Outcome outcome, Instant now) {
        judge();
        int ready = readyNodes();
        return new KVClusterStatus(
                seen.generation(),
                phase(),
                plan.clusterId().orElse(null),
                plan.running().size(),
                ready,
                ready + "/" + plan.running().size(),
                plan.running().zones().size(),
                version(),
                selector(),
                ringStatus(),
                autoscaler(),
                endpoints(),
                conditions.all(),
                Journal.next(seen.status(), conditions.all(), outcome.deeds(), now));
    }

    private void judge() {
        judgeReady();
        judgeAvailable();
        judgeProgress();
        raise(ConditionType.DEGRADED, Reason.HEALTHY, "nothing is wrong");
        judgeRing();
        raise(ConditionType.SCALING_LIMITED, Reason.AS_ASKED, "the nodes are as many and where the spec asks");
        raise(ConditionType.UPDATE_AVAILABLE, Reason.UP_TO_DATE, "the nodes were made from this spec");
        raise(ConditionType.PAUSED, Reason.RUNNING, "the operator acts");
    }

    private void raise(ConditionType type, Reason calm, String calmMessage) {
        conditions.raise(type, finding(type), calm, calmMessage);
    }

    private void judgeReady() {
        Optional<String> missing = ring.notServing();
        Optional<String> doubt = ring.notConfirmed();
        boolean founded = ring.isFounded();
        if (!founded) {
            conditions.add(ConditionType.READY, "False", Reason.NOT_FOUNDED, "the nodes hold no ring yet");
        } else if (missing.isPresent()) {
            conditions.add(ConditionType.READY, "False", Reason.NODES_MISSING, missing.get());
        } else if (doubt.isPresent()) {
            conditions.add(ConditionType.READY, "False", Reason.PEERS_DISAGREE, doubt.get());
        } else {
            conditions.add(
                    ConditionType.READY,
                    "True",
                    Reason.ALL_NODES_SERVE,
                    "all " + plan.running().size() + " nodes serve, and all peers see them alive");
        }
    }

    private void judgeAvailable() {
        Optional<Finding> finding = finding(ConditionType.AVAILABLE);
        if (ring.isServing()) {
            conditions.add(
                    ConditionType.AVAILABLE,
                    "True",
                    Reason.EVERY_SHARD_SERVES,
                    "every shard has enough ready replicas to read and write");
        } else if (finding.isPresent()) {
            conditions.add(
                    ConditionType.AVAILABLE,
                    "False",
                    finding.get().reason(),
                    finding.get().message());
        } else if (ring.isFounded()) {
            conditions.add(
                    ConditionType.AVAILABLE,
                    "False",
                    Reason.QUORUM_MISSING,
                    ring.notServing().orElse(""));
        } else {
            conditions.add(ConditionType.AVAILABLE, "False", Reason.NOT_FOUNDED, "the nodes hold no ring yet");
        }
    }

    private void judgeProgress() {
        Optional<Finding> wait = finding(ConditionType.PROGRESSING);
        boolean creating = plan.actions().stream().anyMatch(action -> !(action instanceof Action.OpenSession));
        if (wait.isPresent()) {
            conditions.raise(ConditionType.PROGRESSING, wait, Reason.NOTHING_TO_DO, "");
        } else if (creating) {
            conditions.add(ConditionType.PROGRESSING, "True", Reason.CREATING, "objects are being made or repaired");
        } else {
            conditions.add(ConditionType.PROGRESSING, "False", Reason.NOTHING_TO_DO, "there is nothing to do");
        }
    }

    private void judgeRing() {
        if (!ring.isFounded()) {
            conditions.add(ConditionType.RING_STABLE, "Unknown", Reason.NOT_FOUNDED, "the nodes hold no ring yet");
        } else if (ring.agrees()) {
            conditions.add(
                    ConditionType.RING_STABLE, "True", Reason.RING_AGREED, "all nodes that answer hold the same ring");
        } else {
            conditions.add(ConditionType.RING_STABLE, "False", Reason.RINGS_DIFFER, ring.differences());
        }
    }

    private Optional<Finding> finding(ConditionType type) {
        return findings.stream().filter(finding -> finding.type() == type).findFirst();
    }

    private String phase() {
        if (conditions.isTrue(ConditionType.PAUSED)) {
            return "Paused";
        }
        if (conditions.isTrue(ConditionType.DEGRADED)) {
            return "Degraded";
        }
        if (conditions.isTrue(ConditionType.READY)) {
            return "Ready";
        }
        return ring.isFounded() ? "Starting" : "Creating";
    }

    private int readyNodes() {
        List<String> pods = plan.running().pods(seen.cluster());
        return (int) seen.pods().stream()
                .filter(pod -> pods.contains(pod.name()) && pod.ready())
                .count();
    }

    private @Nullable String version() {
        List<String> versions =
                seen.reports().map(NodeReport::version).distinct().sorted().toList();
        return versions.isEmpty()
                ? seen.status() == null ? null : seen.status().version()
                : versions.size() == 1 ? versions.getFirst() : versions.getFirst() + "–" + versions.getLast();
    }

    private String selector() {
        return new TreeMap<>(seen.cluster().selector())
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    /** What no node says, neither the ring nor who decides it, the status goes on saying as it was. */
    private @Nullable RingStatus ringStatus() {
        return seen.ring()
                .map(held -> {
                    Map<String, Long> zones = held.nodes().stream()
                            .collect(Collectors.groupingBy(node -> node.zone(), TreeMap::new, Collectors.counting()));
                    return new RingStatus(
                            held.epoch(),
                            held.hash(),
                            held.shards(),
                            zones.entrySet().stream()
                                    .map(zone -> new ZoneNodes(
                                            zone.getKey(), zone.getValue().intValue()))
                                    .toList(),
                            0,
                            0L,
                            0L,
                            names(MemberReport::votes).orElseGet(this::formerVoters),
                            names(MemberReport::leads).map(List::getFirst).orElseGet(this::formerLeader));
                })
                .orElseGet(this::formerRing);
    }

    private @Nullable RingStatus formerRing() {
        return seen.status() == null ? null : seen.status().ring();
    }

    private List<String> formerVoters() {
        RingStatus former = formerRing();
        return former == null ? List.of() : former.voters();
    }

    private @Nullable String formerLeader() {
        RingStatus former = formerRing();
        return former == null ? null : former.leader();
    }

    /** As the first node that knows any sees it, by name. */
    private Optional<List<String>> names(Predicate<MemberReport> which) {
        return seen.pods().stream()
                .map(pod -> pod.answer())
                .flatMap(
                        answer -> answer instanceof NodeAnswer.Answered answered ? Stream.of(answered) : Stream.empty())
                .map(answered -> answered.members().stream()
                        .filter(which)
                        .map(MemberReport::name)
                        .sorted()
                        .toList())
                .filter(names -> !names.isEmpty())
                .findFirst();
    }

    private @Nullable AutoscalerStatus autoscaler() {
        return switch (seen.spec().autoscaling().mode()) {
            case OFF, RECOMMEND -> null;
            case AUTO ->
                new AutoscalerStatus(plan.running().size(), "this release has no autoscaler; Auto acts as Off", null);
        };
    }

    private Endpoints endpoints() {
        String service = seen.cluster().clientService() + "." + seen.cluster().namespace() + ".svc";
        return new Endpoints("http://" + service + ":" + Doors.HTTP.port(), service + ":" + Doors.RESP.port());
    }
}
