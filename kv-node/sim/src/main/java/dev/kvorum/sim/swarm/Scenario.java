package dev.kvorum.sim.swarm;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * Named choices of faults; {@link #SWARM} lets each seed choose. {@link #ROWS} adds an authority's decisions.
 * {@link #CONSENSUS} and {@link #ADVERSARY} are about one consensus group, {@link #AUTHORITY} is about the authority of
 * a cluster, instead of data; they have faults of their own.
 */
public enum Scenario {
    CALM,
    CRASH,
    RESTART,
    COLD,
    PARTITION,
    PAUSE,
    DISK,
    CLOCK,
    FENCING,
    SWARM,
    ROWS,
    CONSENSUS,
    ADVERSARY,
    AUTHORITY;

    EnumSet<Fault> faults() {
        return switch (this) {
            case CALM, CONSENSUS, ADVERSARY, AUTHORITY -> EnumSet.noneOf(Fault.class);
            case CRASH -> EnumSet.of(Fault.KILL, Fault.POWER, Fault.TORN);
            case RESTART ->
                EnumSet.of(Fault.KILL, Fault.DRAIN, Fault.KILL_ALL, Fault.POWER_ALL, Fault.TORN, Fault.SLOW_DISK);
            case COLD -> EnumSet.of(Fault.COLD_START);
            case PARTITION -> EnumSet.range(Fault.SPLIT, Fault.BREAK_LINK);
            case PAUSE -> EnumSet.of(Fault.PAUSE, Fault.CLOG);
            case DISK -> disk();
            case CLOCK -> EnumSet.of(Fault.CLOCK_JUMP, Fault.KILL, Fault.SPLIT);
            case FENCING -> EnumSet.of(Fault.NEW_ENTRY, Fault.CLOG, Fault.KILL, Fault.BREAK_LINK);
            case SWARM -> EnumSet.range(Fault.KILL, Fault.NEW_ENTRY);
            case ROWS -> rows();
        };
    }

    private static EnumSet<Fault> disk() {
        EnumSet<Fault> faults = EnumSet.range(Fault.SLOW_DISK, Fault.WIPE);
        faults.add(Fault.TORN);
        faults.add(Fault.KILL);
        return faults;
    }

    private static EnumSet<Fault> rows() {
        EnumSet<Fault> faults = EnumSet.range(Fault.NEW_VOLUME, Fault.ACCEPT_LOSS);
        faults.addAll(EnumSet.of(Fault.KILL, Fault.TORN, Fault.PAUSE, Fault.SPLIT, Fault.CLOG, Fault.BREAK_LINK));
        faults.add(Fault.SLOW_DISK);
        return faults;
    }

    /** Those of clusters with data whose rows keep their replicas complete. */
    public static List<Scenario> ofData() {
        List<Scenario> all = new ArrayList<>(List.of(values()));
        all.removeAll(List.of(ROWS, CONSENSUS, ADVERSARY, AUTHORITY));
        return all;
    }

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
