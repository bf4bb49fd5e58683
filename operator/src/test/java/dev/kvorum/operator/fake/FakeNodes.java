package dev.kvorum.operator.fake;

import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.BootstrapDocument.Bucket;
import dev.kvorum.operator.node.BootstrapDocument.Node;
import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeAdmin;
import dev.kvorum.operator.node.NodeAdminException;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.NodeReport.State;
import dev.kvorum.operator.node.RingReport;
import dev.kvorum.operator.observe.NodeAnswer;
import dev.kvorum.operator.observe.NodeWatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nodes: a volume each, found by address; what a volume accepted stays when its pod goes. */
public final class FakeNodes implements NodeAdmin, NodeWatch {

    private final Map<String, Volume> volumes = new TreeMap<>();
    private final Map<String, String> claimByAddress = new TreeMap<>();
    private final Set<String> down = new HashSet<>();
    private final Map<String, FakeAuthority> authorities = new TreeMap<>();
    private boolean isLed = true;
    private int sent;

    /** A pod starts on the volume of its claim; a claim never seen before has an empty volume with a new id. */
    void start(String claimUid, String pod, String address) {
        volumes.computeIfAbsent(claimUid, uid -> new Volume(id(claimUid), pod));
        claimByAddress.put(address, claimUid);
    }

    /** Makes the volume as if it came from another cluster. */
    public void foreign(String claimUid, String pod, BootstrapDocument document) {
        var volume = new Volume(id(claimUid), pod);
        volume.document = document;
        volumes.put(claimUid, volume);
    }

    public void empty(String claimUid) {
        Volume old = Objects.requireNonNull(volumes.get(claimUid));
        volumes.put(claimUid, new Volume(id(claimUid + " again"), old.pod));
    }

    public void fence(String claimUid, String reason) {
        Objects.requireNonNull(volumes.get(claimUid)).fenced = reason;
    }

    /** No cluster's authority ever finds one. */
    public void loseLeaders() {
        isLed = false;
    }

    public void stop(String address) {
        down.add(address);
    }

    public void resume(String address) {
        down.remove(address);
    }

    public boolean isServing(String address) {
        return !down.contains(address)
                && claimByAddress.containsKey(address)
                && volume(address).document != null
                && volume(address).fenced == null;
    }

    /** Documents that nodes accepted, by claim. */
    public Map<String, BootstrapDocument> accepted() {
        var documents = new TreeMap<String, BootstrapDocument>();
        volumes.forEach((claim, volume) -> {
            if (volume.document != null) {
                documents.put(claim, volume.document);
            }
        });
        return documents;
    }

    public int sent() {
        return sent;
    }

    @Override
    public NodeReport node(Door door) {
        reach(door);
        Volume volume = volume(door.host());
        BootstrapDocument document = volume.document;
        return new NodeReport(
                volume.id,
                volume.pod,
                "zone",
                document == null ? State.EMPTY : volume.fenced == null ? State.READY : State.FENCED,
                volume.fenced,
                document == null ? null : document.clusterId(),
                document == null ? 0 : 1,
                document == null ? null : hash(document),
                "0.1.0",
                document == null ? 0 : document.shards(),
                document == null ? 0 : document.factor(),
                document == null ? List.of() : authority(document).buckets(),
                document == null
                        ? List.of()
                        : document.nodes().stream().map(Node::id).toList());
    }

    @Override
    public List<MemberReport> members(Door door) {
        reach(door);
        var members = new ArrayList<MemberReport>();
        claimByAddress.forEach((address, claim) -> members.add(member(door, address)));
        return members;
    }

    private MemberReport member(Door door, String address) {
        Volume volume = volume(address);
        BootstrapDocument document = volume(door.host()).document;
        List<String> voters = document == null ? List.of() : document.voters();
        return new MemberReport(
                volume.id,
                volume.pod,
                isServing(address) ? "alive" : "dead",
                voters.contains(volume.id),
                document != null
                        && isLed
                        && voters.indexOf(volume.id) == 0
                        && authority(document).isLed());
    }

    @Override
    public RingReport ring(Door door) {
        reach(door);
        return ring(Objects.requireNonNull(volume(door.host()).document));
    }

    @Override
    public void found(Door door, BootstrapDocument document) {
        sent++;
        reach(door);
        Volume volume = volume(door.host());
        if (!document.names(volume.id) && !document.hasPlaceFor(volume.pod)) {
            throw new NodeAdminException("foreign_node", 409);
        }
        if (volume.document != null && !volume.document.equals(document)) {
            throw new NodeAdminException("cluster_conflict", 409);
        }
        volume.document = document;
    }

    @Override
    public long openSession(Door door, String operator) {
        return authority(door).openSession(operator);
    }

    @Override
    public void declareBucket(Door door, long session, Bucket bucket) {
        authority(door).declare(session, bucket);
    }

    /** What the nodes of the one cluster there is have agreed. */
    public FakeAuthority authority() {
        return authorities.values().stream().findFirst().orElseThrow();
    }

    private FakeAuthority authority(Door door) {
        reach(door);
        BootstrapDocument document = volume(door.host()).document;
        if (document == null) {
            throw new NodeAdminException("starting", 503, "starting");
        }
        return authority(document);
    }

    private FakeAuthority authority(BootstrapDocument document) {
        return authorities.computeIfAbsent(document.clusterId(), id -> new FakeAuthority(document.buckets()));
    }

    @Override
    public Map<String, NodeAnswer> watch(ClusterRef cluster, Map<String, Door> doors, Pace pace) {
        var answers = new TreeMap<String, NodeAnswer>();
        doors.forEach((pod, door) -> answers.put(pod, ask(door)));
        return answers;
    }

    @Override
    public Optional<RingReport> ring(String hash) {
        return volumes.values().stream()
                .flatMap(volume -> Optional.ofNullable(volume.document).stream())
                .filter(document -> hash(document).equals(hash))
                .findFirst()
                .map(FakeNodes::ring);
    }

    private NodeAnswer ask(Door door) {
        try {
            NodeReport report = node(door);
            return new NodeAnswer.Answered(report, report.isEmpty() ? List.of() : members(door));
        } catch (NodeAdminException e) {
            return new NodeAnswer.Silent("does not answer");
        }
    }

    private static String hash(BootstrapDocument document) {
        return "%016x".formatted(document.hashCode());
    }

    private static RingReport ring(BootstrapDocument document) {
        List<String> ids = document.nodes().stream().map(Node::id).toList();
        return new RingReport(
                document.clusterId(),
                1,
                hash(document),
                document.shards(),
                document.factor(),
                document.nodes(),
                IntStream.range(0, document.shards())
                        .mapToObj(shard -> new RingReport.Row(
                                shard,
                                IntStream.range(0, document.factor())
                                        .mapToObj(replica -> ids.get((shard + replica) % ids.size()))
                                        .toList()))
                        .toList());
    }

    private void reach(Door door) {
        if (down.contains(door.host()) || !claimByAddress.containsKey(door.host())) {
            throw new NodeAdminException(door + " does not answer", 0);
        }
        if (door.token().isEmpty()) {
            throw new NodeAdminException("unauthenticated", 401);
        }
    }

    private Volume volume(String address) {
        return Objects.requireNonNull(volumes.get(claimByAddress.get(address)));
    }

    private static String id(String seed) {
        return "%08x".formatted(seed.hashCode()).repeat(5);
    }

    private static final class Volume {
        private final String id;
        private final String pod;
        private @Nullable BootstrapDocument document;
        private @Nullable String fenced;

        private Volume(String id, String pod) {
            this.id = id;
            this.pod = pod;
        }
    }
}
