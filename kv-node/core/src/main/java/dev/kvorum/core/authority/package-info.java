/**
 * Who decides the ring and who is who: a state machine over an agreed log of commands.
 *
 * <p>Three layers. Values: {@link dev.kvorum.core.authority.AuthorityState} and its parts, the sealed
 * {@link dev.kvorum.core.authority.Command}s and {@link dev.kvorum.core.authority.Answer}s.
 * {@link dev.kvorum.core.authority.Rules}: the pure function (state, command) → (state, answer); a refusal is an
 * answer. {@link dev.kvorum.core.authority.Authority}: the machine of one node, which takes commands from doors and
 * peers to the leader's log, applies what is committed, keeps it durable and tells the node.
 *
 * <p>The log is somebody else's: it is proposed to by effects and committed by inputs, as bytes.
 *
 * <p>Sources: Schneider, "Implementing Fault-Tolerant Services Using the State Machine Approach" (1990); Ongaro's
 * dissertation (2014), §6.3 for commands that take effect once; Kafka's KRaft for the registration of brokers.
 *
 * <p>Invariants: equal logs give equal states; a command takes effect at most once; no two owner sets at one epoch
 * (I12); what was declared lost is never current again; a superseded session changes nothing; nobody acts on a state
 * that is not durable at its own node. {@code docs/internals/authority.md} explains it. Imports {@code core.step},
 * {@code core.wire}, {@code core.ring}, {@code core.request}.
 */
@NullMarked
package dev.kvorum.core.authority;

import org.jspecify.annotations.NullMarked;
