package dev.kvorum.core.authority;

import java.util.Locale;

/** How the authority stands to a node. Kept by place on disk: constants are only ever appended. */
public enum NodeState {
    /** Named by the founding document; has not registered yet. */
    EXPECTED,
    /** Registered, with all it should hold. */
    ACTIVE,
    /** Registered with a new volume: takes writes, but neither coordinates nor votes until it is rebuilt. */
    PENDING,
    /** Its volume is gone for good, by proof or by a person's word: nothing from that volume counts again. */
    LOST,
    /** Emptied and taken out; its name is free again, its id and volume never. */
    RETIRED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
