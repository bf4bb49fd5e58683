package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.ConsensusFlaw;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** At most one planted mistake; both null in an honest run. */
public record GroupFlaws(
        @Nullable ConsensusFlaw consensus, @Nullable GroupShellFlaw shell) {

    public static final GroupFlaws NONE = new GroupFlaws(null, null);

    TreeSet<ConsensusFlaw> ofMachine() {
        TreeSet<ConsensusFlaw> flaws = new TreeSet<>();
        if (consensus != null) {
            flaws.add(consensus);
        }
        return flaws;
    }

    @Override
    public String toString() {
        return consensus != null ? "consensus." + consensus : "group." + shell;
    }
}
