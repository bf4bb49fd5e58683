package dev.kvorum.operator.act;

import dev.kvorum.operator.plan.Finding;
import dev.kvorum.operator.plan.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What became of the actions of one pass.
 *
 * @param deeds what was done, for journal and events
 * @param failure what stopped it, if something did; the rest was not tried
 */
public record Outcome(List<Deed> deeds, Optional<Finding> failure) {

    public Outcome {
        deeds = List.copyOf(deeds);
    }

    /** Something done, for people. */
    public record Deed(Reason reason, String text) {}
}
