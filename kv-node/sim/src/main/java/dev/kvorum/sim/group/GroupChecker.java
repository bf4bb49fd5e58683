package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.ConsensusEffect.LeaderChanged;
import dev.kvorum.core.consensus.ConsensusMessage;
import dev.kvorum.core.consensus.ConsensusMessage.Append;
import dev.kvorum.core.consensus.ConsensusMessage.Appended;
import dev.kvorum.core.consensus.ConsensusMessage.Ballot;
import dev.kvorum.core.consensus.ConsensusMessage.Heartbeat;
import dev.kvorum.core.consensus.ConsensusMessage.PreVoteReply;
import dev.kvorum.core.consensus.ConsensusMessage.VoteReply;
import dev.kvorum.core.consensus.ConsensusPacket;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.Position;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.sim.check.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches a group from outside (I11): it knows every entry that any replica stored, committed or applied, every
 * leader, and every disk.
 */
final class GroupChecker {

    /** An entry that some leader made. */
    private record Made(int checksum, long termBefore) {}

    /** A configuration that some leader made. */
    private record Proposed(Position position, Configuration configuration) {}

    private final GroupWorld world;
    private final RuleChecker rules;
    private final TreeMap<Long, ReplicaId> leaders = new TreeMap<>();
    private final TreeMap<Position, Made> made = new TreeMap<>();
    private final TreeMap<Long, Entry> committed = new TreeMap<>();
    private final TreeMap<Long, Long> committedIn = new TreeMap<>();
    private final TreeMap<Long, Long> hashes = new TreeMap<>();
    private final TreeMap<Integer, Long> judged = new TreeMap<>();
    private final TreeMap<Integer, Long> leaderHeardMs = new TreeMap<>();
    private final TreeSet<ReplicaId> damaged = new TreeSet<>();
    private final List<Proposed> proposed = new ArrayList<>();

    GroupChecker(GroupWorld world, Configuration founding) {
        this.world = world;
        rules = new RuleChecker(world, founding);
        proposed.add(new Proposed(Position.START, founding));
        hashes.put(0L, Registers.EMPTY.hash());
    }

    /** How many entries were committed. */
    long committed() {
        return committed.isEmpty() ? 0 : committed.lastKey();
    }

    /** All configurations that are in force somewhere, or may be one day. */
    List<Configuration> possible() {
        long latest = 0;
        for (Proposed one : proposed) {
            Entry there = committed.get(one.position.index());
            if (there != null && there.term() == one.position.term()) {
                latest = Math.max(latest, one.position.index());
            }
        }
        List<Configuration> possible = new ArrayList<>();
        for (Proposed one : proposed) {
            Entry there = committed.get(one.position.index());
            if (one.position.index() >= latest && (there == null || there.term() == one.position.term())) {
                possible.add(one.configuration);
            }
        }
        return possible;
    }

    void onDamaged(ReplicaId id) {
        damaged.add(id);
    }

    boolean isDamaged(ReplicaId id) {
        return damaged.contains(id);
    }

    void onStart(GroupNode node) {
        judged.put(node.index(), node.mark().index());
        leaderHeardMs.remove(node.index());
        rules.onStart(node);
        requireState(node, node.mark().index(), node.state());
    }

    private void requireState(GroupNode node, long index, Registers state) {
        Long hash = hashes.putIfAbsent(index, state.hash());
        require(hash == null || hash == state.hash(), "%s holds another state at %d than others", node, index);
    }

    // ---- log matching

    void onStore(GroupNode node, List<Entry> entries) {
        rules.onStore(node, entries);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Long before = i > 0 ? Long.valueOf(entries.get(i - 1).term()) : termBefore(node, entry.index());
            if (before == null) {
                continue;
            }
            Made now = new Made(entry.checksum(), before);
            Made then = made.putIfAbsent(entry.position(), now);
            require(then == null || then.equals(now), "%s holds another entry %s than others", node, entry);
            if (then == null && entry.kind() == Entry.Kind.CONFIGURATION) {
                Configuration configuration = Configuration.read(new WireReader(entry.payload()));
                proposed.add(new Proposed(entry.position(), configuration));
            }
        }
    }

    private static @Nullable Long termBefore(GroupNode node, long index) {
        DiskImage visible = node.disk().visible();
        Entry before = visible.log.get(index - 1);
        if (before != null) {
            return before.term();
        }
        Position mark = visible.mark.position();
        return mark.index() == index - 1 ? mark.term() : null;
    }

    // ---- leaders

    void onLeader(GroupNode node, LeaderChanged changed) {
        if (changed.role() != Role.LEADER) {
            return;
        }
        world.mail().onLeader(node.index());
        ReplicaId other = leaders.putIfAbsent(changed.term(), node.id());
        require(
                other == null || other.equals(node.id()),
                "%s leads in term %d, and %s did",
                node,
                changed.term(),
                other);
        Entry last = lastCommittedBefore(changed.term());
        DiskImage log = node.disk().visible();
        if (last != null && log.mark.index() < last.index()) {
            Entry there = log.log.get(last.index());
            require(
                    there != null && there.term() == last.term(),
                    "%s leads in term %d without the committed entry %s",
                    node,
                    changed.term(),
                    last);
        }
    }

    /** A late winner of an earlier term need not have it, and does no harm. */
    private @Nullable Entry lastCommittedBefore(long term) {
        for (Entry entry : committed.descendingMap().values()) {
            if (committedIn.getOrDefault(entry.index(), 0L) < term) {
                return entry;
            }
        }
        return null;
    }

    // ---- commits

    void onStepped(GroupNode node, Consensus machine) {
        rules.onStepped(node, machine);
        long from = judged.getOrDefault(node.index(), 0L);
        for (long index = from + 1; index <= machine.commitIndex(); index++) {
            Entry entry = node.disk().visible().log.get(index);
            if (entry != null) {
                committedIn.putIfAbsent(index, machine.term());
                requireCommitted(node, entry);
            }
        }
        judged.put(node.index(), Math.max(from, machine.commitIndex()));
    }

    private void requireCommitted(GroupNode node, Entry entry) {
        Entry other = committed.putIfAbsent(entry.index(), entry);
        require(other == null || other.equals(entry), "%s commits %s, and another committed %s", node, entry, other);
    }

    /** A replica's state is at this mark from now on. */
    void onMark(GroupNode node, Mark mark) {
        rules.onMark(node, mark);
    }

    void onApplied(GroupNode node, Entry entry, Registers state) {
        rules.onApplied(entry);
        requireCommitted(node, entry);
        requireState(node, entry.index(), state);
    }

    // ---- what was said

    void onReceived(GroupNode node, ConsensusPacket packet, long nowMs) {
        Consensus machine = node.machine();
        boolean isLeader = packet.message() instanceof Heartbeat || packet.message() instanceof Append;
        if (isLeader
                && machine != null
                && machine.term() == packet.term()
                && packet.to().equals(node.id())) {
            leaderHeardMs.put(node.index(), nowMs);
        }
    }

    void onSend(GroupNode node, ConsensusPacket packet, long nowMs) {
        require(!damaged.contains(node.id()), "%s speaks though it lost what it had synced: %s", node, packet);
        DiskImage durable = node.disk().durable();
        HardState hard = durable.hardState;
        ConsensusMessage message = packet.message();
        if (message instanceof VoteReply(Ballot ballot) && ballot == Ballot.GRANTED) {
            boolean isKept = hard.term() == packet.term() && packet.to().equals(hard.vote());
            require(isKept, "%s tells a vote that is not durable: %s", node, packet);
        } else if (message instanceof Appended(long matchIndex)) {
            boolean isKept = hard.term() == packet.term() && durable.lastIndex() >= matchIndex;
            require(isKept, "%s acknowledges what is not durable: %s", node, packet);
        } else if (message instanceof PreVoteReply(Ballot ballot) && ballot == Ballot.GRANTED) {
            requireNoLease(node, nowMs);
        }
    }

    private void requireNoLease(GroupNode node, long nowMs) {
        Consensus machine = node.machine();
        Long heardMs = leaderHeardMs.get(node.index());
        boolean hearsLeader = machine != null
                && machine.leader() != null
                && heardMs != null
                && nowMs - heardMs < world.settings().config().timing().electionMs();
        require(!hearsLeader && !node.leads(), "%s helps another while it hears its leader", node);
    }

    private static void require(boolean holds, String message, @Nullable Object... arguments) {
        if (!holds) {
            throw new Violation("I11: " + String.format(Locale.ROOT, message, arguments));
        }
    }
}
