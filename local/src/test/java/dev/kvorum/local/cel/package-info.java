/** Tests of {@code dev.kvorum.local.cel}. */
@NullMarked
package dev.kvorum.local.cel;

import org.jspecify.annotations.NullMarked;
