/** Tests of {@code dev.kvorum.local.store}. */
@NullMarked
package dev.kvorum.local.store;

import org.jspecify.annotations.NullMarked;
