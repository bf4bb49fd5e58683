package dev.kvorum.charts.stand;

import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.BootstrapDocument.Node;
import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeAdmin;
import dev.kvorum.operator.node.NodeAdminException;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.NodeReport.State;
import dev.kvorum.operator.node.RingReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Healthy nodes, one behind each address: empty until founded, then ready, and all alive to one another. */
final class StandNodes implements NodeAdmin {

    private final Map<String, String> podByAddress = new ConcurrentHashMap<>();
    private final Map<String, BootstrapDocument> documents = new ConcurrentHashMap<>();

    void run(String address, String pod) {
        podByAddress.put(address, pod);
    }

    boolean isFounded(String pod) {
        return documents.containsKey(pod);
    }

    @Override
    public NodeReport node(Door door) {
        String pod = pod(door);
        BootstrapDocument document = documents.get(pod);
        State state = document == null ? State.EMPTY : State.READY;
        return new NodeReport(
                id(pod),
                pod,
                "zone",
                state,
                null,
                document == null ? null : document.clusterId(),
                document == null ? 0 : 1,
                document == null ? null : hash(document),
                "0.1.0",
                document == null ? 0 : document.shards(),
                document == null ? 0 : document.factor(),
                document == null ? List.of() : document.buckets(),
                document == null ? List.of() : ids(document));
    }

    @Override
    public List<MemberReport> members(Door door) {
        pod(door);
        return documents.keySet().stream()
                .map(pod -> new MemberReport(id(pod), pod, "alive"))
                .toList();
    }

    @Override
    public RingReport ring(Door door) {
        BootstrapDocument document = documents.get(pod(door));
        if (document == null) {
            throw new NodeAdminException(door + " has no ring", 404);
        }
        List<String> ids = ids(document);
        return new RingReport(
                document.clusterId(),
                1,
                hash(document),
                document.shards(),
                document.factor(),
                document.nodes(),
                IntStream.range(0, document.shards())
                        .mapToObj(shard -> new RingReport.Row(shard, replicas(ids, shard, document.factor())))
                        .toList());
    }

    @Override
    public void found(Door door, BootstrapDocument document) {
        documents.put(pod(door), document);
    }

    private String pod(Door door) {
        String pod = podByAddress.get(door.host());
        if (pod == null) {
            throw new NodeAdminException(door + " does not answer", 0);
        }
        return pod;
    }

    private static List<String> replicas(List<String> ids, int shard, int factor) {
        return IntStream.range(0, factor)
                .mapToObj(replica -> ids.get((shard + replica) % ids.size()))
                .toList();
    }

    private static List<String> ids(BootstrapDocument document) {
        return document.nodes().stream().map(Node::id).toList();
    }

    private static String hash(BootstrapDocument document) {
        return "%016x".formatted(document.hashCode());
    }

    private static String id(String pod) {
        return "%08x".formatted(pod.hashCode()).repeat(5);
    }
}
