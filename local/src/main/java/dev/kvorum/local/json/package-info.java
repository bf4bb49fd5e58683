/**
 * Kubernetes objects as trees of Jackson nodes: reading, walking and changing them without types.
 *
 * <p>Invariant: a number parsed here is an {@code IntNode} or {@code LongNode} by size, so equal documents are equal
 * trees. Allowed imports: Jackson.
 */
@NullMarked
package dev.kvorum.local.json;

import org.jspecify.annotations.NullMarked;
