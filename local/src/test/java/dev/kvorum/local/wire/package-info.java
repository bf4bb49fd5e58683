/** Tests of {@code dev.kvorum.local.wire}. */
@NullMarked
package dev.kvorum.local.wire;

import org.jspecify.annotations.NullMarked;
