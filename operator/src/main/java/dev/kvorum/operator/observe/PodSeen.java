package dev.kvorum.operator.observe;

import dev.kvorum.operator.desired.Topology.Place;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pod of the cluster.
 *
 * @param revision of the template it was made from
 * @param address null before it has one
 * @param running whether its container runs, ready or not
 * @param unscheduled the scheduler's words, as long as no host was found
 * @param unscheduledSince when the scheduler first said so
 * @param waiting why its container does not run, in the kubelet's words
 */
public record PodSeen(
        String name,
        Place place,
        String uid,
        @Nullable String revision,
        @Nullable String address,
        boolean ready,
        boolean running,
        boolean terminating,
        @Nullable String unscheduled,
        @Nullable Instant unscheduledSince,
        @Nullable String waiting,
        NodeAnswer answer) {

    private static final int MAX_WORDS = 200;

    static PodSeen of(Pod pod, Place place, NodeAnswer answer) {
        Optional<PodCondition> scheduled =
                condition(pod, "PodScheduled").filter(seen -> "False".equals(seen.getStatus()));
        Optional<ContainerStatus> container = container(pod);
        return new PodSeen(
                pod.getMetadata().getName(),
                place,
                pod.getMetadata().getUid(),
                pod.getMetadata().getLabels().get("controller-revision-hash"),
                pod.getStatus() == null ? null : pod.getStatus().getPodIP(),
                isReady(pod),
                container.map(status -> status.getState().getRunning()).isPresent(),
                pod.getMetadata().getDeletionTimestamp() != null,
                scheduled.map(PodCondition::getMessage).orElse(null),
                scheduled.map(PodSeen::since).orElse(null),
                container.map(PodSeen::waiting).orElse(null),
                answer);
    }

    /** Why it does not serve, in the words of whoever knows best, briefly. */
    public String trouble() {
        String words = words();
        return words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "...";
    }

    private String words() {
        if (unscheduled != null) {
            return "no host found: " + unscheduled;
        }
        if (waiting != null) {
            return waiting;
        }
        return switch (answer) {
            case NodeAnswer.NotAsked _ -> "not asked yet";
            case NodeAnswer.Silent(String why) -> why;
            case NodeAnswer.Answered answered ->
                answered.report().reason() == null
                        ? "is " + answered.report().state().name().toLowerCase(Locale.ROOT)
                        : answered.report().reason();
        };
    }

    private static boolean isReady(Pod pod) {
        return condition(pod, "Ready")
                .filter(seen -> "True".equals(seen.getStatus()))
                .isPresent();
    }

    private static @Nullable Instant since(PodCondition condition) {
        return condition.getLastTransitionTime() == null ? null : Instant.parse(condition.getLastTransitionTime());
    }

    private static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> status.getState() != null)
                        .findFirst();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /** Only what stands still: back-off times and attempts would make a new status every few seconds. */
    private static @Nullable String waiting(ContainerStatus status) {
        ContainerState state = status.getState();
        if (state.getWaiting() == null) {
            return null;
        }
        String reason = String.valueOf(state.getWaiting().getReason());
        return switch (reason) {
            case "ErrImagePull", "ImagePullBackOff" -> "cannot pull image " + status.getImage();
            case "CrashLoopBackOff" -> "ends right after its start" + lastWords(status);
            case "ContainerCreating", "PodInitializing" -> "is being created";
            default ->
                state.getWaiting().getMessage() == null
                        ? reason
                        : reason + ": " + state.getWaiting().getMessage();
        };
    }

    private static String lastWords(ContainerStatus status) {
        ContainerStateTerminated end =
                status.getLastState() == null ? null : status.getLastState().getTerminated();
        if (end == null) {
            return "";
        }
        return " with exit code " + end.getExitCode() + (end.getMessage() == null ? "" : ": " + end.getMessage());
    }
}
