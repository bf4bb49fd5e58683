package dev.kvorum.operator.observe;

import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeReport;
import java.util.List;
import java.util.Optional;

/** What a pod's node last said. Equal answers mean that nothing happened in between. */
public sealed interface NodeAnswer {

    /** The node was not asked yet; nothing may be concluded. */
    record NotAsked() implements NodeAnswer {}

    /** The node cannot be asked or does not answer; {@code why} is for people. */
    record Silent(String why) implements NodeAnswer {}

    /** The node answered; {@code members} is empty while it belongs to no cluster. */
    record Answered(NodeReport report, List<MemberReport> members) implements NodeAnswer {

        public Answered {
            members = List.copyOf(members);
        }
    }

    default Optional<NodeReport> heard() {
        return switch (this) {
            case NotAsked _ -> Optional.empty();
            case Silent _ -> Optional.empty();
            case Answered answered -> Optional.of(answered.report());
        };
    }
}
