/** Tests of {@code dev.kvorum.local.launch}. */
@NullMarked
package dev.kvorum.local.launch;

import org.jspecify.annotations.NullMarked;
