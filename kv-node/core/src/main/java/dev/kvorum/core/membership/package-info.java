/**
 * Who is alive: SWIM failure detection with Lifeguard's local health, over datagrams with a stream fallback.
 *
 * <p>Sources: Das, Gupta, Motivala, "SWIM: Scalable Weakly-consistent Infection-style Process Group Membership
 * Protocol" (DSN 2002); Dadgar, Phillips, Currey, "Lifeguard: Local Health Awareness for More Accurate Failure
 * Detection" (DSN-W 2018). Two things are our own: a death heard from others is one more accusation, never a verdict
 * by itself, and time in which our own loop stood still is not counted against anyone.
 *
 * <p>Invariants: a member is its {@link dev.kvorum.core.ring.NodeId}, never its address; only a node itself raises its
 * incarnation; the incarnation that a node holds of a member never decreases; nobody declares itself suspect or dead; a
 * verdict says who is alive and never who owns what. Every packet names its cluster and its receiver, and one that is
 * meant for another is dropped with a trace. Datagrams stay within {@code packetBytes}.
 *
 * <p>{@link dev.kvorum.core.membership.Membership} is the machine; the page {@code docs/internals/membership.md}
 * explains it. Imports {@code core.step}, {@code core.wire} and the values of {@code core.ring} that name a node.
 */
@NullMarked
package dev.kvorum.core.membership;

import org.jspecify.annotations.NullMarked;
