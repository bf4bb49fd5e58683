/**
 * What a seed means: the cluster, the load and the faults that it draws, and the hand that strikes.
 *
 * <p>Imports {@code sim.world}, {@code sim.load}, {@code sim.course}, the rules of {@code core.authority} and the
 * values of {@code core}.
 */
@NullMarked
package dev.kvorum.sim.swarm;

import org.jspecify.annotations.NullMarked;
