/**
 * A cluster that exists only in virtual time: clocks, network, disks and the node's second shell around the machines
 * that the server runs.
 *
 * <p>Everything happens in one queue ordered by (time, sequence); luck comes from sources that are split per concern,
 * so that one more draw in one place changes nothing elsewhere. Messages are encoded and decoded as in a node. Links
 * behave as TCP does: in order, at most once, with an end that either side may notice late or never. Disks keep apart
 * what is synced from what is not. Imports the JDK, {@code core} and nothing of the other packages here.
 */
@NullMarked
package dev.kvorum.sim.world;

import org.jspecify.annotations.NullMarked;
