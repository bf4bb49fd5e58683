/** Tests of {@code dev.kvorum.local.patch}. */
@NullMarked
package dev.kvorum.local.patch;

import org.jspecify.annotations.NullMarked;
