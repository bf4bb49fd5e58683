package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.api.ContainerLogs;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs every pod that has a Node, whichever it is. One thread looks after the pods, one more per pod runs it. */
public final class Kubelet implements ContainerLogs, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Kubelet.class.getName());
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    private final Agent agent;
    private final Programs programs;
    private final Layout layout;
    private final Addresses addresses;
    private final HostsFile hosts;
    private final PodStatus status;
    private final Map<String, PodRunner> runners = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Thread thread;

    private Kubelet(Objects objects, Programs programs, Layout layout) {
        this.agent = new Agent(objects, "kubelet");
        this.programs = programs;
        this.layout = layout;
        this.addresses = new Addresses(agent, layout.addresses());
        this.hosts = new HostsFile(agent, addresses, layout);
        this.status = new PodStatus(agent);
        this.thread = Thread.ofPlatform().name("kubelet").unstarted(this::run);
    }

    /** Starts to look after the pods; those that an earlier run left are marked as not ready before this returns. */
    public static Kubelet start(Objects objects, Programs programs, Layout layout) {
        Kubelet kubelet = new Kubelet(objects, programs, layout);
        kubelet.hosts.update();
        for (ObjectNode pod : kubelet.agent.list("pods")) {
            if (!Json.text(pod, "spec", "nodeName").isEmpty()) {
                kubelet.status.waiting(pod, "ContainerCreating", "");
            }
        }
        kubelet.thread.start();
        return kubelet;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long before = agent.objects().store().revision();
                try {
                    reconcile();
                } catch (ApiProblem problem) {
                    LOG.log(System.Logger.Level.DEBUG, problem.getMessage());
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "kubelet failed", e);
                }
                agent.objects().store().awaitChange(before, AT_LEAST_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile() {
        hosts.update();
        runners.values().removeIf(PodRunner::isOver);
        Map<String, ObjectNode> pods = new HashMap<>();
        agent.list("pods").forEach(pod -> pods.put(Meta.uid(pod), pod));
        runners.forEach((uid, runner) -> {
            if (!pods.containsKey(uid)) {
                runner.abandon();
            }
        });
        refused.retainAll(pods.keySet());
        for (ObjectNode pod : pods.values()) {
            if (!Json.text(pod, "spec", "nodeName").isEmpty()) {
                lookAfter(pod);
            }
        }
    }

    private void lookAfter(ObjectNode pod) {
        PodRunner runner = runners.get(Meta.uid(pod));
        if (runner != null && Meta.isDeleting(pod)) {
            runner.end();
        } else if (runner == null && Meta.isDeleting(pod)) {
            agent.delete("pods", pod, DeleteOptions.now(Meta.uid(pod)));
        } else if (runner == null && !refused.contains(Meta.uid(pod))) {
            admit(pod);
        }
    }

    private void admit(ObjectNode pod) {
        String name = Meta.namespace(pod) + "/" + Meta.name(pod);
        boolean isTaken =
                runners.values().stream().anyMatch(runner -> runner.podName().equals(name));
        if (isTaken) {
            return;
        }
        Optional<String> address = address(pod);
        String objection = objection(pod, address);
        if (!objection.isEmpty()) {
            refused.add(Meta.uid(pod));
            status.waiting(pod, "NotRunnable", objection);
            agent.reportWarning(pod, "NotRunnable", objection);
            return;
        }
        status.address(pod, address.orElseThrow());
        ObjectNode addressed =
                agent.find("pods", Meta.namespace(pod), Meta.name(pod)).orElse(pod);
        PodRunner runner = new PodRunner(agent, new ContainerStart(agent, programs, layout), addressed);
        runners.put(Meta.uid(pod), runner);
        runner.start();
    }

    private Optional<String> address(JsonNode pod) {
        return Meta.controller(pod)
                .filter(owner -> Json.text(owner, "kind").equals("StatefulSet"))
                .flatMap(owner -> agent.find("statefulsets.apps", Meta.namespace(pod), Json.text(owner, "name")))
                .flatMap(set -> addresses.of(set, ordinal(pod)));
    }

    private static int ordinal(JsonNode pod) {
        String name = Meta.name(pod);
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /** Why the pod cannot be a process here; empty when it can. */
    private String objection(JsonNode pod, Optional<String> address) {
        JsonNode containers = pod.at("/spec/containers");
        String image = Json.text(containers.path(0), "image");
        if (programs.find(image).isEmpty()) {
            return "the local stand-in runs the images "
                    + programs.byRepository().keySet() + " only, as processes; " + image + " needs a real cluster";
        } else if (containers.size() > 1 || !pod.at("/spec/initContainers").isEmpty()) {
            return "the local stand-in runs pods with one container only";
        } else if (address.isEmpty()) {
            return "the local stand-in has loopback addresses for the pods of KVClusters only";
        }
        return "";
    }

    @Override
    public Optional<Path> file(ObjectNode pod, Run run) {
        Path path = switch (run) {
            case PRESENT -> layout.log(pod);
            case PREVIOUS -> layout.previousLog(pod);
        };
        return Files.exists(path) ? Optional.of(path) : Optional.empty();
    }

    /** Ends all processes; the pods stay for the next start. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
            runners.values().forEach(PodRunner::stop);
            for (PodRunner runner : runners.values()) {
                if (!runner.awaitOver(LONGEST_STOP)) {
                    runner.abandon();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
