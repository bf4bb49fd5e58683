/**
 * What is stored under a key: concurrent values (siblings), each named by a dot, and the version that says which dots
 * the object has seen.
 *
 * <p>Source: dotted version vectors (Preguiça, Baquero, Almeida, Fonte, Gonçalves: "Dotted Version Vectors: Logical
 * Clocks for Optimistic Replication", 2010), with actors that live as long as one process and sequences that an actor
 * uses for all its keys.
 *
 * <p>Invariants: an object's version covers each of its siblings' dots; siblings are sorted by dot; a version has one
 * form only (a dot that the vector covers or that follows it without a gap is part of the vector); all values are
 * immutable; a dot names one value for ever.
 *
 * <p>Imports only {@code core.step} and {@code core.wire}.
 */
@NullMarked
package dev.kvorum.core.version;

import org.jspecify.annotations.NullMarked;
