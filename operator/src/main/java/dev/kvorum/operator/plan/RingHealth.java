package dev.kvorum.operator.plan;

import dev.kvorum.operator.desired.Topology;
import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.observe.NodeAnswer;
import dev.kvorum.operator.observe.Observed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the ring does, as nodes and kubelets say. */
public final class RingHealth {

    private final Observed seen;
    private final Topology running;

    private RingHealth(Observed seen, Topology running) {
        this.seen = seen;
        this.running = running;
    }

    public static RingHealth of(Observed seen, Topology running) {
        return new RingHealth(seen, running);
    }

    /** Whether there is a ring, as far as is known: some node holds it, or some volume or the status names it. */
    public boolean isFounded() {
        return switch (Identity.of(seen)) {
            case Identity.Fresh _ -> false;
            case Identity.Known _, Identity.Mixture _ -> true;
        };
    }

    /** Whether every shard has enough ready replicas to read and to write. */
    public boolean isServing() {
        return seen.ring()
                .map(ring -> Shards.of(seen, ring).withFewerThan(Levels.of(seen).both()) == 0)
                .orElse(false);
    }

    /** Which nodes do not serve and why; empty if all do. */
    public Optional<String> notServing() {
        String troubles = Planner.troubles(seen, running);
        return troubles.isEmpty() ? Optional.empty() : Optional.of(troubles);
    }

    /** Which node does not see which other alive, or does not hold the ring; empty if all confirm each other. */
    public Optional<String> notConfirmed() {
        String doubts = seen.pods().stream()
                .filter(pod -> running.pods(seen.cluster()).contains(pod.name()))
                .flatMap(pod -> switch (pod.answer()) {
                    case NodeAnswer.NotAsked _ -> Optional.of(pod.name() + " was not asked yet").stream();
                    case NodeAnswer.Silent(String why) -> Optional.of(pod.name() + " " + why).stream();
                    case NodeAnswer.Answered answered ->
                        unconfirmed(answered).map(doubt -> pod.name() + " " + doubt).stream();
                })
                .collect(Collectors.joining("; "));
        if (!doubts.isEmpty()) {
            return Optional.of(doubts);
        }
        return agrees() ? Optional.empty() : Optional.of(differences());
    }

    /** Whether all nodes that hold a ring hold the same. */
    public boolean agrees() {
        return seen.reports()
                        .filter(report -> report.ringHash() != null)
                        .map(report -> report.epoch() + " " + report.ringHash())
                        .distinct()
                        .count()
                <= 1;
    }

    /** Who holds which ring, for people. */
    public String differences() {
        return seen.reports()
                .filter(report -> report.ringHash() != null)
                .map(report -> report.name() + " holds epoch " + report.epoch() + " " + report.ringHash())
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> unconfirmed(NodeAnswer.Answered answered) {
        NodeReport report = answered.report();
        if (report.state() != NodeReport.State.READY) {
            return Optional.of("is not ready");
        }
        List<String> alive = answered.members().stream()
                .filter(MemberReport::isAlive)
                .map(MemberReport::id)
                .toList();
        List<String> missing =
                report.nodes().stream().filter(id -> !alive.contains(id)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("does not see " + missing.size() + " of its peers alive");
    }
}
