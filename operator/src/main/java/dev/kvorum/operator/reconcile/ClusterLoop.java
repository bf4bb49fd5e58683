package dev.kvorum.operator.reconcile;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.operator.act.Actor;
import dev.kvorum.operator.act.Announcer;
import dev.kvorum.operator.act.Outcome;
import dev.kvorum.operator.act.ServerWords;
import dev.kvorum.operator.observe.ClusterView;
import dev.kvorum.operator.observe.NodeAnswer;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.observe.Observer;
import dev.kvorum.operator.plan.ConditionType;
import dev.kvorum.operator.plan.Finding;
import dev.kvorum.operator.plan.Plan;
import dev.kvorum.operator.plan.Planner;
import dev.kvorum.operator.plan.Reason;
import dev.kvorum.operator.status.Journal;
import dev.kvorum.operator.status.StatusReport;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One pass over one cluster. Two passes over the same cluster never run at the same time. */
public final class ClusterLoop {

    private final Observer observer;
    private final Planner planner;
    private final Actor actor;
    private final Announcer announcer;
    private final InstantSource clock;

    public ClusterLoop(Observer observer, Planner planner, Actor actor, Announcer announcer, InstantSource clock) {
        this.observer = observer;
        this.planner = planner;
        this.actor = actor;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * Observes, plans, acts and tells.
     *
     * @return when to look again although nothing may have happened
     * @throws PassFailedException if an action failed; the status says so, and the pass is to be repeated
     */
    public Optional<Duration> pass(KVCluster resource, ClusterView view) {
        if (resource.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        Observed seen = observer.observe(resource, view);
        if (seen.pods().stream().anyMatch(pod -> pod.answer() instanceof NodeAnswer.NotAsked)) {
            // The first answer wakes this cluster in a moment; until then nothing can be said about it.
            return Optional.of(Duration.ofSeconds(1));
        }
        try {
            seen = observer.complete(seen, planner.objects(seen), view);
        } catch (KubernetesClientException e) {
            throw unread(resource, seen, e);
        }
        Plan plan = planner.plan(seen, clock.instant());
        Outcome outcome = actor.perform(plan.actions(), seen);
        tell(resource, seen, plan, outcome);
        outcome.failure().ifPresent(failure -> {
            throw new PassFailedException(failure.message());
        });
        return plan.lookAgain();
    }

    /** What may be there but cannot be read is no ground to act on. */
    private PassFailedException unread(KVCluster resource, Observed seen, KubernetesClientException e) {
        String why = "looking for what the caches lack: " + ServerWords.of(e);
        var failure = new Finding(ConditionType.DEGRADED, Reason.API_REFUSED, why);
        tell(resource, seen, planner.plan(seen, clock.instant()), new Outcome(List.of(), Optional.of(failure)));
        return new PassFailedException(why);
    }

    private void tell(KVCluster resource, Observed seen, Plan plan, Outcome outcome) {
        KVClusterStatus status = StatusReport.of(seen, plan, outcome, clock.instant());
        announcer.measure(resource, status);
        if (!status.equals(seen.status())) {
            announcer.status(resource, status);
            Journal.news(seen.status(), status.conditions(), outcome.deeds())
                    .forEach(news -> announcer.event(resource, news));
        }
    }
}
