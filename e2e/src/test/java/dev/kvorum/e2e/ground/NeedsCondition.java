package dev.kvorum.e2e.ground;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Skips what the ground of this run cannot carry. Registered for every test of this module, and asked before it is
 * made.
 */
public final class NeedsCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        GroundKind kind = GroundKind.chosen();
        Optional<String> why = kind.absence()
                .or(() -> needs(context)
                        .filter(ability -> !kind.abilities().contains(ability))
                        .findFirst()
                        .map(ability -> kind.label() + ": " + ability.absence()));
        return why.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("on " + kind.label()));
    }

    private static Stream<Ability> needs(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), Needs.class).stream()
                .flatMap(needs -> Stream.of(needs.value()));
    }
}
