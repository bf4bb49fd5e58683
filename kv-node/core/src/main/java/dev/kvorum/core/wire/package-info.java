/**
 * The versioned binary form of everything that crosses a wire or reaches a disk: a growing writer and a checked reader.
 *
 * <p>Integers that tend to be small are variable-length (LEB128); all others are big-endian. A reader never trusts a
 * length: what is malformed is a {@link dev.kvorum.core.wire.MalformedException}, never an out-of-memory. Imports only
 * {@code core.step}.
 */
@NullMarked
package dev.kvorum.core.wire;

import org.jspecify.annotations.NullMarked;
