package dev.kvorum.operator.plan;

import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.BootstrapDocument.Node;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.RingReport;
import dev.kvorum.operator.observe.Observed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Going on with data that was there before this KVCluster: what its nodes hold, and whether enough of them agree. */
final class Adoption {

    private Adoption() {}

    /** The document that the running nodes accepted, as far as they show it. */
    static Optional<BootstrapDocument> document(Observed seen) {
        Optional<NodeReport> accepted =
                seen.reports().filter(report -> report.clusterId() != null).findFirst();
        return seen.ring().flatMap(ring -> accepted.map(report -> Founding.rebuilt(seen.spec(), ring, report)));
    }

    /** What is missing to a quorum of voters that hold the ring; empty if nothing is. */
    static Optional<String> missingVoters(Observed seen) {
        return seen.ring().flatMap(ring -> missingVoters(seen, ring));
    }

    private static Optional<String> missingVoters(Observed seen, RingReport ring) {
        List<String> voters = Founding.voters(ring.nodes());
        List<String> there = seen.reports()
                .filter(report -> report.clusterId() != null)
                .map(NodeReport::id)
                .toList();
        List<String> absent =
                voters.stream().filter(voter -> !there.contains(voter)).toList();
        int quorum = voters.size() / 2 + 1;
        if (voters.size() - absent.size() >= quorum) {
            return Optional.empty();
        }
        return Optional.of("the volumes hold data; waits for " + quorum + " of its " + voters.size()
                + " voters before it goes on. Missing: "
                + ring.nodes().stream()
                        .filter(node -> absent.contains(node.id()))
                        .map(Node::name)
                        .collect(Collectors.joining(", ")));
    }
}
