package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.kubelet.Probes.Health;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.Meta;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one pod running on a thread of its own: start, probe, restart, and at last end. {@link #end} and
 * {@link #abandon} may be called from any thread.
 */
final class PodRunner {

    /** How the pod is to end. */
    private enum Ending {
        /** It was deleted: preStop, SIGTERM, the grace, SIGKILL, then take the object away. */
        DELETED,
        /** The whole cluster goes down and the object stays: SIGTERM, the grace, SIGKILL. */
        STOPPED,
        /** The object is gone already: SIGKILL. */
        ABANDONED
    }

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);

    private final Agent agent;
    private final ContainerStart starts;
    private final PodStatus status;
    private final ObjectNode pod;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final Thread thread;
    private volatile @Nullable Process running;

    PodRunner(Agent agent, ContainerStart starts, ObjectNode pod) {
        this.agent = agent;
        this.starts = starts;
        this.status = new PodStatus(agent);
        this.pod = pod;
        this.thread = Thread.ofVirtual().name("pod " + Meta.name(pod)).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    String podName() {
        return Meta.namespace(pod) + "/" + Meta.name(pod);
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    void end() {
        ending.complete(Ending.DELETED);
    }

    void stop() {
        ending.complete(Ending.STOPPED);
    }

    /** Ends it at once, also in the middle of a graceful ending. */
    void abandon() {
        ending.complete(Ending.ABANDONED);
        Process process = running;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    boolean awaitOver(Duration timeout) throws InterruptedException {
        return thread.join(timeout);
    }

    private void run() {
        try {
            Backoff backoff = new Backoff();
            while (!ending.isDone()) {
                Instant started = agent.now();
                runOnce();
                Duration pause = backoff.after(Duration.between(started, agent.now()));
                if (!ending.isDone()) {
                    String words = "back-off " + pause.toSeconds() + "s restarting failed container";
                    status.waiting(pod, "CrashLoopBackOff", words);
                    await(pause);
                }
            }
            if (ending.join() == Ending.DELETED) {
                takeAway();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            System.getLogger(PodRunner.class.getName()).log(System.Logger.Level.ERROR, podName() + " failed", e);
        }
    }

    private void runOnce() throws InterruptedException {
        Process process = startWhenPossible();
        if (process == null) {
            return;
        }
        Instant started = agent.now();
        running = process;
        try {
            watch(process, started);
            if (process.isAlive()) {
                end(process);
            }
        } finally {
            process.destroyForcibly();
        }
        int exitCode = process.waitFor();
        status.ended(pod, exitCode, started, starts.lastWords(pod));
    }

    /** Tries until the container starts; null when the pod is to end before. */
    private @Nullable Process startWhenPossible() throws InterruptedException {
        String said = "";
        while (!ending.isDone()) {
            String reason = "CreateContainerConfigError";
            String message;
            try {
                if (!isCordoned()) {
                    return starts.start(pod);
                }
                reason = "NodeCordoned";
                message = "kubectl uncordon " + Json.text(pod, "spec", "nodeName") + " lets it start";
            } catch (CannotStartException | IOException e) {
                message = String.valueOf(e.getMessage());
            }
            if (!message.equals(said)) {
                status.waiting(pod, reason, message);
                said = message;
            }
            await(BETWEEN_TRIES);
        }
        return null;
    }

    private boolean isCordoned() {
        return agent.find("nodes", "", Json.text(pod, "spec", "nodeName"))
                .filter(node -> node.at("/spec/unschedulable").asBoolean())
                .isPresent();
    }

    /** Returns when the process has exited, must be restarted, or the pod is to end. */
    private void watch(Process process, Instant started) throws InterruptedException {
        JsonNode container = pod.at("/spec/containers/0");
        Probes probes = new Probes(container, starts.address(pod), started);
        Health known = Health.STARTING;
        status.running(pod, process.toHandle(), started, known);
        agent.reportNormal(pod, "Started", "Started container " + Json.text(container, "name"));
        while (process.isAlive() && !ending.isDone()) {
            Health health = probes.tick(agent.now());
            if (health == Health.FAILED) {
                agent.reportWarning(pod, "Unhealthy", probes.failure());
                agent.reportNormal(pod, "Killing", "Container failed its probe, will be restarted");
                terminate(process, graceSeconds());
                return;
            }
            if (health != known && process.isAlive()) {
                known = health;
                status.running(pod, process.toHandle(), started, known);
            }
            awaitExit(process);
        }
    }

    private void end(Process process) throws InterruptedException {
        switch (ending.join()) {
            case DELETED -> {
                agent.reportNormal(pod, "Killing", "Stopping container");
                Instant deadline = agent.now().plusSeconds(graceSeconds());
                int pause = pod.at("/spec/containers/0/lifecycle/preStop/sleep/seconds")
                        .asInt();
                process.waitFor(Math.min(pause, graceSeconds()), TimeUnit.SECONDS);
                long left = Math.max(1, Duration.between(agent.now(), deadline).toSeconds());
                terminate(process, left);
            }
            case STOPPED -> terminate(process, graceSeconds());
            case ABANDONED -> process.destroyForcibly();
        }
    }

    private static void terminate(Process process, long graceSeconds) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(graceSeconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** The grace that the deletion asked for, else the pod's own. */
    private long graceSeconds() {
        ObjectNode now = agent.find("pods", Meta.namespace(pod), Meta.name(pod)).orElse(pod);
        JsonNode asked = now.at("/metadata/deletionGracePeriodSeconds");
        return asked.isNumber()
                ? asked.asLong()
                : now.at("/spec/terminationGracePeriodSeconds").asLong(30);
    }

    private void takeAway() {
        try {
            agent.delete("pods", pod, DeleteOptions.now(Meta.uid(pod)));
        } catch (ApiProblem problem) {
            boolean isGone = problem.code() == 404 || problem.code() == 409;
            if (!isGone) {
                throw problem;
            }
        }
    }

    private void await(Duration pause) throws InterruptedException {
        try {
            ending.get(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The pause is over and nothing has happened, as expected.
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitExit(Process process) throws InterruptedException {
        await(process.isAlive() ? TICK : Duration.ZERO);
    }
}
