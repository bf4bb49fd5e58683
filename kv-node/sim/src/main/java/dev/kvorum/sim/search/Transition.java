package dev.kvorum.sim.search;

import org.jspecify.annotations.Nullable;

/**
 * What one input does to one state of one node.
 *
 * @param to the number of the state after it
 * @param sent the numbers of the packets that leave
 * @param leads the term in which the node leads from this step on; 0 when it does not begin to
 * @param violation what is wrong with it by itself; null when nothing is
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record Transition(int to, int[] sent, long leads, @Nullable String violation) {}
