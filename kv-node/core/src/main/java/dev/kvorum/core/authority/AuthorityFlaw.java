package dev.kvorum.core.authority;

/** Mistakes planted on purpose, so that tests are seen to catch them. Nothing but tests sets any. */
public enum AuthorityFlaw {
    /** A registration is accepted but its boot number and nonce are not kept. */
    BOOT_NOT_REGISTERED,
    /** A start with an older boot number than registered is let in. */
    OLD_COPY_ACCEPTED,
    /** Two processes that count the same start are taken for one. */
    NONCE_NOT_COMPARED,
    /** A volume that comes back with less than it had synced is let in. */
    SYNCED_COMMIT_NOT_COMPARED,
    /** A volume that was lost or replaced registers again. */
    LOST_VOLUME_RETURNS,
    /** A lost replica still counts as one that holds everything. */
    LOST_VOLUME_COUNTS,
    /** A lost volume's word passes a barrier. */
    LOST_VOLUME_PASSES_BARRIERS,
    /** A new volume takes over a living node's identity without proof. */
    IDENTITY_WITHOUT_PROOF,
    /** A proof of place made against an earlier start still holds. */
    OLD_PROOF_HOLDS,
    /** A node of another cluster is let in. */
    FOREIGN_NODE_ACCEPTED,
    /** Commands of superseded sessions take effect. */
    SESSION_NOT_COMPARED,
    /** A new session gets the number of the one before. */
    SESSION_NUMBER_REUSED,
    /** A command that comes twice takes effect twice. */
    DUPLICATE_APPLIED_TWICE,
    /** What may have been forgotten is applied instead of refused. */
    FORGOTTEN_APPLIED_AGAIN,
    /** A barrier passes without the last, silent member. */
    BARRIER_WITHOUT_SILENT_MEMBER,
    /** A report about an older entry passes the barrier of the present one. */
    OLD_REPORT_PASSES_BARRIER,
    /** A new volume leaves the shard entries' epochs as they were. */
    NO_NEW_EPOCH_AT_NEW_VOLUME,
    /** So does the loss of a volume. */
    NO_NEW_EPOCH_AT_LOSS,
    /** A new volume counts as complete at once. */
    NEW_VOLUME_COUNTS_AS_COMPLETE,
    /** A voter that lost its log votes on. */
    WIPED_VOTER_STAYS,
    /** A recovery leaves the generation as it was. */
    RECOVERY_KEEPS_GENERATION,
    /** A recovery goes on right after the epochs that it knows of. */
    RECOVERY_KEEPS_EPOCHS,
    /** A node that still owns shards is retired. */
    OWNER_RETIRED,
    /** A loss accepted once is accepted for ever. */
    LATER_LOSS_ACCEPTED,
    /** The data path hears of a ring before it is durable. */
    ADOPTED_BEFORE_STORED,
    /** A submitter is answered when its command is proposed. */
    ANSWERED_BEFORE_COMMITTED,
    /** A member reports a barrier before its data machines have settled. */
    REPORTED_BEFORE_SETTLED,
    /** The applied index is stored ahead of the state that belongs to it. */
    INDEX_AHEAD_OF_STATE
}
