package dev.kvorum.core.authority;

import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Who should vote in the log: an odd number of at most five, spread over the zones, changing as little as possible.
 *
 * <p>A voter stays unless it can never vote again, its zone has two more voters than one that could have another, or
 * fewer are needed. Being silent is no reason: it keeps its vote, and its log, until its volume is lost; only one that
 * was chosen and fell silent before the log knew it is given up again. Of those that could come in, one that is alive,
 * owns shards and has its content is preferred.
 */
public final class VoterChoice {

    /** More voters make commits slower and the group hardly safer. */
    public static final int MOST = 5;

    private final AuthorityState state;
    private final SortedSet<NodeId> alive;
    private final SortedSet<NodeId> inLog;
    private final TreeMap<NodeId, Integer> shards = new TreeMap<>();
    private final List<NodeEntry> chosen = new ArrayList<>();
    private final List<NodeEntry> spare = new ArrayList<>();

    private VoterChoice(AuthorityState state, SortedSet<NodeId> alive, SortedSet<NodeId> inLog) {
        this.state = state;
        this.alive = alive;
        this.inLog = inLog;
        state.shards()
                .forEach(shard -> shard.entry().replicas().forEach(replica -> shards.merge(replica, 1, Integer::sum)));
    }

    /**
     * Chooses voters; in order of id.
     *
     * @param alive nodes that answer, by the membership's view
     * @param inLog nodes that vote in the log now
     */
    public static List<NodeId> of(AuthorityState state, SortedSet<NodeId> alive, SortedSet<NodeId> inLog) {
        return new VoterChoice(state, alive, inLog).choose();
    }

    private List<NodeId> choose() {
        for (NodeEntry node : state.nodes().values()) {
            if (node.isCurrent()) {
                (stays(node) ? chosen : spare).add(node);
            }
        }
        boolean someOwn = chosen.stream().anyMatch(this::owns) || spare.stream().anyMatch(this::owns);
        if (someOwn) {
            chosen.removeIf(node -> !owns(node));
            spare.removeIf(node -> !owns(node));
        }
        int wanted = wanted(chosen.size() + spare.size());
        while (chosen.size() > wanted) {
            chosen.remove(leaver());
        }
        while (chosen.size() < wanted) {
            take(newcomer());
        }
        while (isLopsided()) {
            chosen.remove(leaver());
            take(newcomer());
        }
        return chosen.stream().map(NodeEntry::id).sorted().toList();
    }

    private boolean stays(NodeEntry node) {
        boolean speaks = alive.contains(node.id()) || inLog.contains(node.id());
        return speaks && state.voters().contains(node.id());
    }

    private static int wanted(int candidates) {
        int most = Math.min(MOST, candidates);
        return most % 2 == 1 ? most : Math.max(0, most - 1);
    }

    private boolean owns(NodeEntry node) {
        return shards.containsKey(node.id());
    }

    private boolean isLopsided() {
        Map<String, Integer> voters = votersByZone();
        int most = voters.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return spare.stream()
                .filter(this::isSound)
                .anyMatch(node -> voters.getOrDefault(node.node().zone(), 0) + 2 <= most);
    }

    private Map<String, Integer> votersByZone() {
        Map<String, Integer> voters = new TreeMap<>();
        chosen.forEach(node -> voters.merge(node.node().zone(), 1, Integer::sum));
        return voters;
    }

    private boolean isSound(NodeEntry node) {
        return alive.contains(node.id()) && node.state() != NodeState.PENDING;
    }

    /** Of the fullest zone, the least sound, then the last. */
    private NodeEntry leaver() {
        Map<String, Integer> voters = votersByZone();
        return chosen.stream()
                .min(Comparator.comparingInt((NodeEntry node) ->
                                -voters.getOrDefault(node.node().zone(), 0))
                        .thenComparingInt(node -> isSound(node) ? 1 : 0)
                        .thenComparing(NodeEntry::id, Comparator.reverseOrder()))
                .orElseThrow();
    }

    /** Sound if there is one, of the emptiest zone, the first. */
    private NodeEntry newcomer() {
        Map<String, Integer> voters = votersByZone();
        return spare.stream()
                .min(Comparator.comparingInt((NodeEntry node) -> isSound(node) ? 0 : 1)
                        .thenComparingInt(
                                node -> voters.getOrDefault(node.node().zone(), 0))
                        .thenComparing(node -> node.node().zone())
                        .thenComparing(NodeEntry::id))
                .orElseThrow();
    }

    private void take(NodeEntry newcomer) {
        spare.remove(newcomer);
        chosen.add(newcomer);
    }
}
