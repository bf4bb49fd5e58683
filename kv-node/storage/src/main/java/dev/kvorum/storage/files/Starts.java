package dev.kvorum.storage.files;

/**
 * How many times a volume was started, and whether it may be started again.
 *
 * @param boot starts so far, the present one included; 0 in a volume that was just made
 */
public record Starts(Identity owner, long boot, Trust trust) {

    /** Whether anything was found out about the volume that its other files need not show. */
    public enum Trust {
        /** Nothing: the files decide. */
        BELIEVED,
        /** Damage was met, or others know better: there is a note that says what. */
        FORSAKEN
    }

    /** In a volume that was just made. */
    public static Starts none(Identity owner) {
        return new Starts(owner, 0, Trust.BELIEVED);
    }

    /** One start more than so many. */
    public Starts after(long boots) {
        return new Starts(owner, boots + 1, trust);
    }
}
