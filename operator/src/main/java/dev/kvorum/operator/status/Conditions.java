package dev.kvorum.operator.status;

import dev.kvorum.crds.status.Condition;
import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.operator.plan.ConditionType;
import dev.kvorum.operator.plan.Finding;
import dev.kvorum.operator.plan.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of one pass, one of each type. */
final class Conditions {

    private static final int MAX_MESSAGE = 1024;

    private final @Nullable KVClusterStatus before;
    private final long generation;
    private final Instant now;
    private final List<Condition> conditions = new ArrayList<>();

    Conditions(@Nullable KVClusterStatus before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now;
    }

    /** True with the finding's words if there is one, else False with the calm ones. */
    void raise(ConditionType type, Optional<Finding> finding, Reason calm, String calmMessage) {
        finding.ifPresentOrElse(
                found -> add(type, "True", found.reason(), found.message()),
                () -> add(type, "False", calm, calmMessage));
    }

    void add(ConditionType type, String status, Reason reason, String message) {
        conditions.add(
                new Condition(type.word(), status, generation, since(type, status), reason.word(), limited(message)));
    }

    List<Condition> all() {
        return List.copyOf(conditions);
    }

    boolean isTrue(ConditionType type) {
        return conditions.stream()
                .anyMatch(condition -> condition.type().equals(type.word())
                        && condition.status().equals("True"));
    }

    private String since(ConditionType type, String status) {
        return previous(type)
                .filter(condition -> condition.status().equals(status))
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private Optional<Condition> previous(ConditionType type) {
        return (before == null ? Stream.<Condition>empty() : before.conditions().stream())
                .filter(condition -> condition.type().equals(type.word()))
                .findFirst();
    }

    private static String limited(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 3) + "...";
    }
}
