package dev.kvorum.core.authority;

import java.util.Locale;

/** Why the authority refused: stable words. Kept by place in answers: constants are only ever appended. */
public enum RefusalCode {
    /** A field is out of range or does not fit the others. */
    BAD_REQUEST,
    /** The log has no founding document yet; ask again. */
    NOT_FOUNDED,
    /** Another document founded this cluster. */
    CLUSTER_CONFLICT,
    /** The node belongs to another cluster. */
    FOREIGN_CLUSTER,
    /** The node knows another generation of this cluster; it adopts the present state first. */
    FOREIGN_GENERATION,
    /** The node's build does not know what this cluster already uses. */
    BUILD_TOO_OLD,
    /** No node of that id or name. */
    NODE_UNKNOWN,
    /** The node was taken out for good. */
    NODE_RETIRED,
    /** The node still holds shards. */
    NODE_OWNS_SHARDS,
    /** The node still votes. */
    NODE_VOTES,
    /** A node of that name is there already, under another id. */
    NAME_TAKEN,
    /** The node was known under another name or in another zone. */
    PLACE_DIFFERS,
    /** The volume is not the one the node lives on. */
    VOLUME_UNKNOWN,
    /** The volume belongs to another node. */
    VOLUME_TAKEN,
    /** The volume was declared lost or replaced; its content is void. */
    VOLUME_LOST,
    /** A later start of this volume is registered, or it had synced more: this is an older copy. */
    OLD_COPY,
    /** Another process holds this identity. */
    IDENTITY_TAKEN,
    /** A later operator has taken over. */
    SESSION_SUPERSEDED,
    /** Nobody ever opened this session. */
    SESSION_UNKNOWN,
    /** No bucket of that name. */
    BUCKET_UNKNOWN,
    /** A bucket of that name has other settings. */
    BUCKET_EXISTS,
    /** That of a bucket cannot be changed. */
    BUCKET_FIXED,
    /** The decision was made on what has changed meanwhile. */
    STALE,
    /** It cannot be known any more whether an earlier attempt took effect. */
    TOO_LATE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether asking the same again may end otherwise without anybody's doing. */
    boolean mayPass() {
        return this == NOT_FOUNDED || this == IDENTITY_TAKEN || this == STALE || this == FOREIGN_GENERATION;
    }
}
