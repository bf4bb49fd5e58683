package dev.kvorum.core.membership;

/**
 * Mistakes that the machine makes on demand, so that its simulation is seen to catch them. The set in
 * {@link MembershipConfig#flaws()} is empty in production, and nothing but tests fills it.
 */
public enum MembershipFlaw {
    /** Contradicts a suspicion under the same incarnation, so that nobody believes it. */
    REFUTES_WITHOUT_RAISING,
    /** Takes any answer for that of the probe in flight. */
    ACCEPTS_ANY_ACK,
    /** Lets one accuser shorten a suspicion again and again. */
    COUNTS_AN_ACCUSER_TWICE,
    /** Lets rumours of an older incarnation override newer ones. */
    BELIEVES_OLDER_INCARNATIONS,
    /** Never asks the dead again, nor the seeds. */
    FORGETS_THE_DEAD,
    /** Suspects without asking others, nor over a stream. */
    SKIPS_INDIRECT_PROBES,
    /** Repeats every rumour for ever. */
    GOSSIPS_FOR_EVER,
    /** Lets suspicions run out while its own loop stood still. */
    COUNTS_ITS_OWN_PAUSES,
    /** Takes packets of other clusters. */
    IGNORES_THE_CLUSTER_ID,
    /** Answers packets that are meant for another node. */
    ANSWERS_FOR_OTHERS,
    /** Suspects for ever. */
    NEVER_DECLARES_DEATH,
    /** Takes another's word for a death, without giving the member time to refute. */
    BELIEVES_DEATH_AT_ONCE
}
