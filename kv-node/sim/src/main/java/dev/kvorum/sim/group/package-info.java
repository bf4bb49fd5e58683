/**
 * One group of {@code core.consensus} replicas on virtual time: its nodes with their logs and states, a few clients,
 * somebody who changes its configuration all the time, and faults of every kind.
 *
 * <p>{@link dev.kvorum.sim.group.GroupRun} is one seed; {@link dev.kvorum.sim.group.GroupChecker} judges I11 at every
 * effect. The page {@code docs/internals/consensus.md} explains it. Imports {@code core.consensus}, {@code core.ring}'s
 * node id, {@code core.wire}, {@code sim.world}, {@code sim.check} and {@code sim.course}.
 */
@NullMarked
package dev.kvorum.sim.group;

import org.jspecify.annotations.NullMarked;
