package dev.kvorum.sim.group;

import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.Position;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.sim.check.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds replicas to the rules of the protocol one by one (I11): harm that a broken one could do may need several
 * further accidents, the break itself shows at once. Looks at disks from outside, never at what a machine believes.
 */
final class RuleChecker {

    private final GroupWorld world;
    private final TreeMap<Long, Configuration> decided = new TreeMap<>();
    private final TreeMap<Integer, Long> commits = new TreeMap<>();
    private final TreeSet<Integer> changed = new TreeSet<>();

    RuleChecker(GroupWorld world, Configuration founding) {
        this.world = world;
        decided.put(0L, founding);
    }

    void onStart(GroupNode node) {
        commits.put(node.index(), node.mark().index());
        changed.add(node.index());
        onMark(node, node.mark());
    }

    // ---- configurations

    void onApplied(Entry entry) {
        if (entry.kind() == Entry.Kind.CONFIGURATION) {
            decided.putIfAbsent(entry.index(), configurationOf(entry));
        }
    }

    /** The configuration that goes with a state is the one decided last before it (dissertation 5.1). */
    void onMark(GroupNode node, Mark mark) {
        if (mark.index() > 0) {
            Map.Entry<Long, Configuration> last = Objects.requireNonNull(decided.floorEntry(mark.index()));
            Configuration right = last.getValue();
            // who learnt the log from its begin was not told of the founders
            boolean isUntold = last.getKey() == 0 && mark.configuration().equals(Configuration.NONE);
            require(
                    isUntold || right.equals(mark.configuration()),
                    "%s has a state at %s with %s, and decided is %s",
                    node,
                    mark.position(),
                    mark.configuration(),
                    right);
        }
    }

    void onStore(GroupNode node, List<Entry> entries) {
        if (!entries.isEmpty()) {
            changed.add(node.index());
        }
        Consensus machine = node.machine();
        if (machine == null || machine.role() != Role.LEADER) {
            return;
        }
        for (Entry entry : entries) {
            if (entry.kind() == Entry.Kind.CONFIGURATION) {
                requireMayChange(node, machine, entry);
            }
        }
    }

    /** One change at a time (4.1), and none before an entry of the own term is committed (raft-dev, July 2015). */
    private static void requireMayChange(GroupNode node, Consensus leader, Entry change) {
        DiskImage visible = node.disk().visible();
        long commit = leader.commitIndex();
        Position committed = positionAt(visible, commit);
        require(
                committed == null || committed.term() == change.term(),
                "%s begins the change %s before anything of its term is committed",
                node,
                change);
        for (Entry earlier : visible.log.tailMap(commit, false).values()) {
            require(
                    earlier.kind() != Entry.Kind.CONFIGURATION,
                    "%s begins the change %s while %s is not committed",
                    node,
                    change,
                    earlier);
        }
    }

    /** In force is the latest configuration of the own log (4.1). */
    private static void requireConfiguration(GroupNode node, Consensus machine) {
        DiskImage visible = node.disk().visible();
        Configuration right = visible.mark.configuration();
        for (Entry entry : visible.log.descendingMap().values()) {
            if (entry.kind() == Entry.Kind.CONFIGURATION) {
                right = configurationOf(entry);
                break;
            }
        }
        require(
                right.equals(machine.configuration()),
                "%s goes by %s, and its log says %s",
                node,
                machine.configuration(),
                right);
    }

    private static Configuration configurationOf(Entry entry) {
        return Configuration.read(new WireReader(entry.payload()));
    }

    // ---- commits

    void onStepped(GroupNode node, Consensus machine) {
        if (machine.role() != Role.LOST && changed.remove(node.index())) {
            requireConfiguration(node, machine);
        }
        long before = commits.getOrDefault(node.index(), 0L);
        if (machine.role() == Role.LEADER && machine.commitIndex() > before) {
            requireMayCommit(node, machine);
        }
        commits.put(node.index(), machine.commitIndex());
    }

    /** A leader commits what a majority of voters holds durably, and counts only for entries of its term (3.6.2). */
    private void requireMayCommit(GroupNode node, Consensus leader) {
        Position place = positionAt(node.disk().visible(), leader.commitIndex());
        if (place == null) {
            return;
        }
        require(place.term() == leader.term(), "%s commits %s by counting in term %d", node, place, leader.term());
        Configuration configuration = leader.configuration();
        List<ReplicaId> holders = configuration.voters().stream()
                .filter(voter -> holds(voter, place))
                .toList();
        require(configuration.isMajority(holders), "%s commits %s, which only %s hold", node, place, holders);
    }

    /** Whoever lost its volume since may have held it. */
    private boolean holds(ReplicaId voter, Position place) {
        if (!world.isHere(voter)) {
            return true;
        }
        DiskImage durable = world.nodes().get(voter.node().low()).disk().durable();
        return durable.mark.index() >= place.index() || place.equals(positionAt(durable, place.index()));
    }

    private static @Nullable Position positionAt(DiskImage image, long index) {
        Entry entry = image.log.get(index);
        if (entry != null) {
            return entry.position();
        }
        return image.mark.index() == index ? image.mark.position() : null;
    }

    private static void require(boolean holds, String message, @Nullable Object... arguments) {
        if (!holds) {
            throw new Violation("I11: " + String.format(Locale.ROOT, message, arguments));
        }
    }
}
