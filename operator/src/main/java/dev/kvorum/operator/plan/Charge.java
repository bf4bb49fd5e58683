package dev.kvorum.operator.plan;

import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.operator.node.BootstrapDocument.Bucket;
import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.NodeReport.State;
import dev.kvorum.operator.node.Session;
import dev.kvorum.operator.observe.NodeAnswer;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.observe.PodSeen;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operator asks of the nodes' authority, and whether it still may. */
final class Charge {

    private Charge() {}

    /** Who was superseded writes nothing at all any more. */
    static Step check(Observed seen, Design design) {
        return switch (seen.session()) {
            case Session.None _, Session.Open _ -> Step.done("check the session");
            case Session.Superseded(String why) ->
                Step.blocked(
                        "check the session",
                        Reason.SESSION_SUPERSEDED,
                        "another operator has taken over these nodes, so this one changes nothing any more; let one"
                                + " of them go, and restart this one if it is to stay. It was told: " + why);
        };
    }

    /** What an earlier operator still has under way is refused from then on. */
    static Step open(Observed seen, Design design) {
        return switch (seen.session()) {
            case Session.None _ ->
                Step.proceed("open a session", opening(seen).stream().toList());
            case Session.Open _, Session.Superseded _ -> Step.done("open a session");
        };
    }

    private static Optional<Action> opening(Observed seen) {
        return door(seen).map(node -> new Action.OpenSession(node.name(), address(node), clusterId(node)));
    }

    /** Those of the spec that are new; what was declared before stays as it is. */
    static Step declareBuckets(Observed seen, Design design) {
        List<Bucket> fresh = Buckets.fresh(seen);
        if (fresh.isEmpty() || seen.ring().isEmpty()) {
            return Step.done("declare buckets");
        }
        List<Action> declarations = door(seen).stream()
                .flatMap(node -> fresh.stream()
                        .<Action>map(bucket -> new Action.DeclareBucket(address(node), clusterId(node), bucket)))
                .toList();
        return declarations.isEmpty()
                ? Step.waiting(
                        "declare buckets",
                        Reason.AUTHORITY_SILENT,
                        "no node that serves knows one that leads, so these buckets wait: "
                                + fresh.stream().map(Bucket::name).collect(Collectors.joining(", ")))
                : Step.proceed("declare buckets", declarations);
    }

    /** Whether nodes serve, and none knows who leads any more; before the first leader that is only a beginning. */
    static boolean lostLeader(Observed seen) {
        KVClusterStatus status = seen.status();
        return status != null
                && status.ring() != null
                && status.ring().leader() != null
                && serving(seen).findAny().isPresent()
                && door(seen).isEmpty();
    }

    /** A node that serves and knows who leads; any takes what is for the authority. */
    private static Optional<PodSeen> door(Observed seen) {
        return serving(seen)
                .filter(pod -> pod.answer() instanceof NodeAnswer.Answered answered
                        && answered.members().stream().anyMatch(MemberReport::leads))
                .findFirst();
    }

    private static Stream<PodSeen> serving(Observed seen) {
        return seen.pods().stream()
                .filter(pod -> pod.address() != null
                        && pod.answer()
                                .heard()
                                .map(NodeReport::state)
                                .filter(State.READY::equals)
                                .isPresent());
    }

    private static String address(PodSeen node) {
        return Objects.requireNonNull(node.address());
    }

    private static String clusterId(PodSeen node) {
        return node.answer().heard().map(NodeReport::clusterId).orElseThrow();
    }
}
