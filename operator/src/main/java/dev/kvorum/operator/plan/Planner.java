package dev.kvorum.operator.plan;

import dev.kvorum.operator.desired.ClaimMark;
import dev.kvorum.operator.desired.Topology;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.observe.ClaimSeen;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.observe.PodSeen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way from what is to what should be, as a list of steps. */
public final class Planner {

    /** In order; a step that waits or is blocked keeps later ones from starting. */
    private static final List<BiFunction<Observed, Design, Step>> STEPS = List.of(
            Planner::checkSpec,
            Charge::check,
            Planner::compareVolumes,
            Planner::makeObjects,
            Planner::removeObjects,
            Planner::replaceStuckPods,
            Planner::found,
            Planner::markClaims,
            Charge::open,
            Charge::declareBuckets,
            Planner::awaitNodes);

    private final Site site;

    public Planner(Site site) {
        this.site = site;
    }

    /** What should be there, so that the observation can be completed before planning. */
    public List<HasMetadata> objects(Observed seen) {
        return Design.of(seen, site).objects();
    }

    public Plan plan(Observed seen, Instant now) {
        Design design = Design.of(seen, site);
        var steps = new ArrayList<Step>();
        if (!seen.spec().paused()) {
            for (var step : STEPS) {
                Step next = step.apply(seen, design);
                steps.add(next);
                if (stops(next)) {
                    break;
                }
            }
        }
        return new Plan(
                steps,
                Remarks.of(seen, design, now),
                design.running(),
                accepted(seen),
                Remarks.unscheduled(seen).isEmpty() ? Optional.empty() : Optional.of(Remarks.SCHEDULING_PATIENCE));
    }

    private static boolean stops(Step step) {
        return switch (step.verdict()) {
            case Step.Verdict.Done _, Step.Verdict.Proceed _ -> false;
            case Step.Verdict.Wait _, Step.Verdict.Blocked _ -> true;
        };
    }

    private static Step checkSpec(Observed seen, Design design) {
        List<String> broken = SpecCheck.broken(seen.spec());
        return broken.isEmpty()
                ? Step.done("check the spec")
                : Step.blocked("check the spec", Reason.INVALID_SPEC, String.join("; ", broken));
    }

    private static Step compareVolumes(Observed seen, Design design) {
        return switch (design.identity()) {
            case Identity.Fresh _, Identity.Known _ -> Step.done("compare volumes");
            case Identity.Mixture mixture ->
                Step.blocked(
                        "compare volumes",
                        Reason.FOREIGN_VOLUMES,
                        "the volumes hold data of different clusters, and nothing is written until one is left: "
                                + mixture
                                + "; delete the claims that do not belong here, or the KVCluster");
        };
    }

    private static Step makeObjects(Observed seen, Design design) {
        var actions = new ArrayList<Action>();
        for (HasMetadata wanted : design.objects()) {
            Optional<HasMetadata> live = seen.object(wanted);
            if (live.isEmpty()) {
                actions.add(
                        wanted instanceof Secret secret ? new Action.CreateSecret(secret) : new Action.Create(wanted));
            } else if (seen.cluster().owns(live.get())
                    && live.get().getMetadata().getDeletionTimestamp() == null) {
                Drift.between(wanted, live.get())
                        .ifPresent(path -> actions.add(new Action.Repair(
                                wanted, live.get().getMetadata().getUid(), path)));
            }
        }
        return Step.proceed("make objects", actions);
    }

    /** Only what can be unwanted: the budget of a cluster of one, and a zone that was dropped before there was data. */
    private static Step removeObjects(Observed seen, Design design) {
        List<HasMetadata> wanted = design.objects();
        return Step.proceed(
                "remove objects",
                seen.objects().stream()
                        .filter(object -> object instanceof PodDisruptionBudget || object instanceof StatefulSet)
                        .filter(object -> seen.cluster().owns(object)
                                && object.getMetadata().getDeletionTimestamp() == null
                                && wanted.stream().noneMatch(other -> isSame(other, object)))
                        .map(object -> new Action.Remove(object, Reason.REMOVED, "the spec no longer asks for it"))
                        .toList());
    }

    private static boolean isSame(HasMetadata one, HasMetadata other) {
        return one.getKind().equals(other.getKind())
                && one.getMetadata().getName().equals(other.getMetadata().getName());
    }

    /** A pod of an old template that does not run will not get better by waiting; there is nothing in it to lose. */
    private static Step replaceStuckPods(Observed seen, Design design) {
        List<String> current = seen.statefulSets()
                .filter(set -> set.getStatus() != null
                        && Objects.equals(
                                set.getStatus().getObservedGeneration(),
                                set.getMetadata().getGeneration()))
                .flatMap(set -> Stream.ofNullable(set.getStatus().getUpdateRevision()))
                .toList();
        return Step.proceed(
                "replace stuck pods",
                seen.pods().stream()
                        .filter(pod -> !pod.running() && !pod.terminating())
                        .filter(pod -> pod.revision() != null && isObsolete(seen, pod, current))
                        .map(pod ->
                                new Action.Remove(PodRef.of(seen.cluster(), pod), Reason.PODS_REPLACED, pod.trouble()))
                        .toList());
    }

    /** Only where the StatefulSet said which revision its next pods get. */
    private static boolean isObsolete(Observed seen, PodSeen pod, List<String> current) {
        String prefix = seen.cluster().statefulSet(pod.place().zone()) + "-";
        List<String> ofZone = current.stream()
                .filter(revision -> revision.startsWith(prefix) && revision.indexOf('-', prefix.length()) < 0)
                .toList();
        return !ofZone.isEmpty() && !ofZone.contains(pod.revision());
    }

    private static Step found(Observed seen, Design design) {
        return switch (design.identity()) {
            case Identity.Fresh _ -> foundNew(seen, design);
            case Identity.Known _ -> completeFounding(seen, design);
            case Identity.Mixture _ -> throw new IllegalStateException("a mixture is stopped before");
        };
    }

    private static Step foundNew(Observed seen, Design design) {
        List<String> silent = design.running().pods(seen.cluster()).stream()
                .filter(pod -> seen.pod(pod)
                        .flatMap(there -> there.answer().heard())
                        .filter(NodeReport::isEmpty)
                        .isEmpty())
                .map(pod -> pod + " " + seen.pod(pod).map(PodSeen::trouble).orElse("is not there yet"))
                .toList();
        if (!silent.isEmpty() || design.document().isEmpty()) {
            return Step.waiting(
                    "found the ring",
                    Reason.NODES_STARTING,
                    "waits until every first node answers; then it hands them the ring. Now: "
                            + String.join("; ", silent));
        }
        BootstrapDocument document = design.document().get();
        if (!seen.document().equals(design.document())) {
            return Step.waiting(
                    "found the ring", Reason.FOUNDING, "writes the bootstrap document down before it sends it");
        }
        return Step.proceed("found the ring", sendTo(seen, document));
    }

    /** After a crash between two sends, some nodes hold the document and others, named in it, do not. */
    private static Step completeFounding(Observed seen, Design design) {
        Optional<BootstrapDocument> document = design.document().or(() -> Adoption.document(seen));
        if (document.isEmpty()) {
            return Step.waiting(
                    "found the ring",
                    Reason.NODES_STARTING,
                    "the volumes hold data; waits for nodes that say which ring. Now: " + troubles(seen, design));
        }
        Optional<String> missing = design.document().isPresent() ? Optional.empty() : Adoption.missingVoters(seen);
        if (missing.isPresent()) {
            return Step.waiting("found the ring", Reason.VOTERS_MISSING, missing.get());
        }
        return Step.proceed("found the ring", sendTo(seen, document.get()));
    }

    /** A node that lost its volume gets it, too: it is known by its name, and the authority judges its claim. */
    private static List<Action> sendTo(Observed seen, BootstrapDocument document) {
        boolean lives = seen.reports().anyMatch(report -> report.clusterId() != null);
        return seen.pods().stream()
                .filter(pod -> pod.address() != null
                        && pod.answer()
                                .heard()
                                .filter(report -> report.isEmpty()
                                        && (document.names(report.id()) || (lives && document.hasPlaceFor(pod.name()))))
                                .isPresent())
                .<Action>map(pod -> new Action.Found(pod.name(), Objects.requireNonNull(pod.address()), document))
                .toList();
    }

    private static Step markClaims(Observed seen, Design design) {
        return Step.proceed(
                "mark claims",
                seen.claims().stream()
                        .flatMap(claim -> mark(seen, claim).stream())
                        .<Action>map(Action.MarkClaim::new)
                        .toList());
    }

    private static Optional<PersistentVolumeClaim> mark(Observed seen, ClaimSeen claim) {
        Optional<NodeReport> report = seen.pod(
                        seen.cluster().pod(claim.place().zone(), claim.place().ordinal()))
                .flatMap(pod -> pod.answer().heard())
                .filter(node -> node.clusterId() != null);
        String clusterId = report.map(NodeReport::clusterId).orElse(claim.clusterId());
        String nodeId = report.map(NodeReport::id).orElse(claim.nodeId());
        boolean owned = claim.owners().contains(seen.cluster().uid());
        boolean mayBeOwned = switch (seen.spec().storage().whenDeleted()) {
            case DELETE -> true;
            case RETAIN -> false;
        };
        boolean asWished = Objects.equals(clusterId, claim.clusterId())
                && Objects.equals(nodeId, claim.nodeId())
                && owned == mayBeOwned;
        return asWished
                ? Optional.empty()
                : Optional.of(new ClaimMark(claim.name(), claim.uid(), clusterId, nodeId)
                        .of(seen.cluster(), seen.spec().storage().whenDeleted()));
    }

    private static Step awaitNodes(Observed seen, Design design) {
        String troubles = troubles(seen, design);
        return troubles.isEmpty()
                ? Step.done("await nodes")
                : Step.waiting("await nodes", Reason.NODES_STARTING, "waits for: " + troubles);
    }

    static String troubles(Observed seen, Design design) {
        return troubles(seen, design.running());
    }

    /** Which nodes do not serve, and why, for people; empty if all do. */
    static String troubles(Observed seen, Topology running) {
        return running.pods(seen.cluster()).stream()
                .filter(pod -> seen.pod(pod).filter(PodSeen::ready).isEmpty())
                .map(pod -> pod + " " + seen.pod(pod).map(PodSeen::trouble).orElse("is not there"))
                .collect(Collectors.joining("; "));
    }

    /** The id of the data, from whoever knows it best. */
    private static Optional<String> accepted(Observed seen) {
        return Stream.concat(
                        seen.reports().flatMap(report -> Stream.ofNullable(report.clusterId())),
                        Stream.concat(
                                seen.claims().stream().flatMap(claim -> Stream.ofNullable(claim.clusterId())),
                                seen.status() == null
                                        ? Stream.empty()
                                        : Stream.ofNullable(seen.status().clusterId())))
                .findFirst();
    }
}
