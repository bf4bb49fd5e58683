/**
 * The contract of every machine: one method that takes the time, one input and a sink of effects.
 *
 * <p>A machine owns its state, is touched by one thread and does nothing but emit effects. Two shells drive it: the
 * node's server (real clock, sockets, disk) and the simulator (virtual ones). Imports nothing but the JDK.
 */
@NullMarked
package dev.kvorum.core.step;

import org.jspecify.annotations.NullMarked;
