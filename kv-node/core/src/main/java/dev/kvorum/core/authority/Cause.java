package dev.kvorum.core.authority;

/** Who says that a volume is lost; never a time-out. Kept by place: constants are only ever appended. */
public enum Cause {
    /** The volume is known to be gone, such as by the deletion of its claim. */
    VOLUME_GONE,
    /** A person said so. */
    PERSON
}
