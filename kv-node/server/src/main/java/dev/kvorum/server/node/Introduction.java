package dev.kvorum.server.node;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Greeting;
import dev.kvorum.core.authority.GreetingVerdict;
import dev.kvorum.core.authority.NodeEntry;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.membership.LocalNode;
import dev.kvorum.core.membership.MembershipConfig;
import dev.kvorum.core.membership.Profile;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node that belongs to a cluster says of itself to the others, and what it thinks of what they say. For any
 * thread; what it goes by is swapped whole.
 */
final class Introduction implements PeerLinks.Self {

    private record Adopted(Ring ring, AuthorityState state) {}

    private final AuthorityStart start;
    private final Consumer<GreetingVerdict> aboutSelf;
    private volatile @Nullable Adopted adopted;

    /** The process of each node that was welcome last; it may greet over several connections at once. */
    private final Map<NodeId, VolumeStart> welcomed = new ConcurrentHashMap<>();

    /**
     * @param aboutSelf hears when another node's greeting says something about this one
     */
    Introduction(AuthorityStart start, Consumer<GreetingVerdict> aboutSelf) {
        this.start = start;
        this.aboutSelf = aboutSelf;
    }

    void adopt(Ring ring, AuthorityState state) {
        adopted = new Adopted(ring, state);
    }

    @Override
    public NodeId id() {
        return start.id();
    }

    MembershipConfig membershipConfig() {
        return MembershipConfig.ofInterval(start.config().probe().probeIntervalMs());
    }

    LocalNode member() {
        RingNode place = start.place();
        return new LocalNode(
                start.clusterId(), id(), new Profile(place.name(), place.zone(), place.host(), place.ports()));
    }

    @Override
    public Greeting greeting(@Nullable NodeId other, @Nullable Greeting shown) {
        Adopted now = adopted;
        VolumeStart volume = start.volume();
        return new Greeting(
                start.clusterId(),
                start.generation(),
                now == null ? 0 : now.ring().epoch(),
                now == null ? 0 : now.ring().hash(),
                id(),
                volume,
                witnessed(shown == null ? volumeOf(other) : shown.volume().volume()));
    }

    private @Nullable VolumeId volumeOf(@Nullable NodeId other) {
        Adopted now = adopted;
        NodeEntry entry = now == null || other == null ? null : now.state().node(other);
        VolumeStart registered = entry == null ? null : entry.registered();
        return registered == null ? null : registered.volume();
    }

    private Greeting.Witnessed witnessed(@Nullable VolumeId volume) {
        return volume == null
                ? new Greeting.Witnessed(start.volumeId(), 0)
                : new Greeting.Witnessed(volume, start.store().witnessed(volume.toString()));
    }

    @Override
    public GreetingVerdict judge(Greeting other) {
        VolumeStart last = welcomed.get(other.node());
        if (last != null && last.isSameProcess(other.volume())) {
            return heard(judgeAgain(other));
        }
        GreetingVerdict verdict = heard(greeting(other.node(), other).judge(other, known()));
        if (verdict instanceof GreetingVerdict.Welcome || verdict instanceof GreetingVerdict.Behind) {
            welcomed.put(other.node(), other.volume());
        }
        return verdict;
    }

    private GreetingVerdict heard(GreetingVerdict verdict) {
        if (verdict instanceof GreetingVerdict.OwnAmnesia || verdict instanceof GreetingVerdict.Superseded) {
            aboutSelf.accept(verdict);
        }
        return verdict;
    }

    @Override
    public GreetingVerdict judgeAgain(Greeting other) {
        return greeting(null, null).judgeAgain(other, known());
    }

    private AuthorityState known() {
        Adopted now = adopted;
        return now == null ? AuthorityState.EMPTY : now.state();
    }

    /**
     * Where another node is reached, by what was adopted, else by the founding document; null when nobody knows, or
     * when it is this node's own address, at which another one lived before.
     */
    @Nullable
    RingNode place(NodeId node) {
        Adopted now = adopted;
        NodeEntry entry = now == null ? null : now.state().node(node);
        RingNode place = entry != null ? entry.node() : founding(node);
        RingNode own = start.place();
        boolean isHere = place != null
                && place.host().equals(own.host())
                && place.ports().equals(own.ports());
        return isHere ? null : place;
    }

    private @Nullable RingNode founding(NodeId node) {
        for (RingNode named : start.kept().document().nodes()) {
            if (named.id().equals(node)) {
                return named;
            }
        }
        return null;
    }

    @Override
    public void witness(String volumeId, long syncedCommit) {
        start.store().witness(volumeId, syncedCommit);
    }
}
