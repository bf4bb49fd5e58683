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

/**
 * Healthy nodes, one behind each address: empty until founded, then ready. Those of one cluster see each other alive
 * and follow the first of its voters; what they agree on is a {@link StandAuthority}.
 */
final class StandNodes implements NodeAdmin {

    private final Map<String, String> podByAddress = new ConcurrentHashMap<>();
    private final Map<String, BootstrapDocument> documents = new ConcurrentHashMap<>();
    private final Map<String, StandAuthority> authorities = new ConcurrentHashMap<>();

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
                document == null ? List.of() : authority(document).buckets(),
                document == null ? List.of() : ids(document));
    }

    @Override
    public List<MemberReport> members(Door door) {
        BootstrapDocument document = document(door);
        return document.nodes().stream()
                .filter(node -> documents.containsKey(node.name()))
                .map(node -> member(node, document.voters()))
                .toList();
    }

    private static MemberReport member(Node node, List<String> voters) {
        return new MemberReport(
                node.id(),
                node.name(),
                "alive",
                voters.contains(node.id()),
                voters.getFirst().equals(node.id()));
    }

    @Override
    public RingReport ring(Door door) {
        BootstrapDocument document = document(door);
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
    public long openSession(Door door, String operator) {
        return authority(document(door)).openSession();
    }

    @Override
    public void declareBucket(Door door, long session, BootstrapDocument.Bucket bucket) {
        authority(document(door)).declare(session, bucket);
    }

    @Override
    public void found(Door door, BootstrapDocument document) {
        documents.put(pod(door), document);
    }

    private BootstrapDocument document(Door door) {
        BootstrapDocument document = documents.get(pod(door));
        if (document == null) {
            throw new NodeAdminException(door + " was not founded", 404);
        }
        return document;
    }

    private StandAuthority authority(BootstrapDocument document) {
        return authorities.computeIfAbsent(document.clusterId(), id -> new StandAuthority(document.buckets()));
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
