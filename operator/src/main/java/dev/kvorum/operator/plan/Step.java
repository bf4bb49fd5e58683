package dev.kvorum.operator.plan;

import java.util.List;

/** One named step of the way from what is to what should be. */
public record Step(String name, Verdict verdict) {

    static Step done(String name) {
        return new Step(name, new Verdict.Done());
    }

    static Step proceed(String name, List<? extends Action> actions) {
        return new Step(name, actions.isEmpty() ? new Verdict.Done() : new Verdict.Proceed(List.copyOf(actions)));
    }

    static Step waiting(String name, Reason reason, String message) {
        return new Step(name, new Verdict.Wait(new Finding(ConditionType.PROGRESSING, reason, message)));
    }

    static Step blocked(String name, Reason reason, String message) {
        return new Step(name, new Verdict.Blocked(new Finding(ConditionType.DEGRADED, reason, message)));
    }

    /** How a step stands. */
    public sealed interface Verdict {

        /** Nothing to do. */
        record Done() implements Verdict {}

        /** To be done now. */
        record Proceed(List<Action> actions) implements Verdict {}

        /** Something else must happen first, and will; later steps do not start. */
        record Wait(Finding finding) implements Verdict {}

        /** A person must decide; later steps do not start. */
        record Blocked(Finding finding) implements Verdict {}
    }
}
