package dev.kvorum.core.consensus;

import org.jspecify.annotations.Nullable;

/** Why a request was not taken; none of these has any effect on the log. */
public sealed interface Refusal {

    /**
     * Another replica may lead.
     *
     * @param leader who, as far as this replica knows; null when it knows of none
     */
    record NotLeader(@Nullable ReplicaId leader) implements Refusal {}

    /** As much waits for being committed or confirmed as may wait, or the lead is being handed over; try again soon. */
    record Busy(String what) implements Refusal {}

    /** A command longer than {@code mostBytes}. */
    record TooLarge(int bytes, int mostBytes) implements Refusal {}

    /** A change of configuration is on its way, or the leader is too new for one; try again soon. */
    record ChangeNotYet(String why) implements Refusal {}

    /** A change or a transfer that makes no sense in this configuration. */
    record Senseless(String why) implements Refusal {}

    /** This replica lost what it had promised. */
    record Lost() implements Refusal {}
}
