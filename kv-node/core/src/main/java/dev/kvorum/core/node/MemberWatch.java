package dev.kvorum.core.node;

import dev.kvorum.core.membership.Member;
import dev.kvorum.core.membership.MemberState;
import dev.kvorum.core.membership.MembershipEffect;
import dev.kvorum.core.replication.ReplicationInput;
import dev.kvorum.core.ring.NodeId;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns what the membership machine reports into what the replication machines of the same node must know. */
public final class MemberWatch {

    private final NodeId self;
    private final TreeSet<NodeId> alive = new TreeSet<>();

    public MemberWatch(NodeId self) {
        this.self = self;
    }

    /** The members held for alive, other than this node. */
    public ReplicationInput.MembersChanged members() {
        return new ReplicationInput.MembersChanged(new TreeSet<>(alive));
    }

    /** What every replication machine of this node is to be told because of the effect; null if nothing. */
    public @Nullable ReplicationInput onEffect(MembershipEffect effect) {
        return switch (effect) {
            case MembershipEffect.MemberChanged(Member member) -> onMember(member);
            case MembershipEffect.SelfRefuted ignored -> new ReplicationInput.WasAway();
            case MembershipEffect.LoopGap ignored -> new ReplicationInput.WasAway();
            case MembershipEffect.Send ignored -> null;
            case MembershipEffect.Left ignored -> null;
            case MembershipEffect.Trace ignored -> null;
        };
    }

    private @Nullable ReplicationInput onMember(Member member) {
        if (member.id().equals(self)) {
            return null;
        }
        boolean changed = member.state() == MemberState.ALIVE ? alive.add(member.id()) : alive.remove(member.id());
        return changed ? members() : null;
    }
}
