package dev.kvorum.core.consensus;

/**
 * One message on its way.
 *
 * @param group which of the groups that the two nodes share
 * @param term of the sender; of a pre-vote and its consent, the term that the election would be about
 */
public record ConsensusPacket(int group, ReplicaId from, ReplicaId to, long term, ConsensusMessage message) {}
