/** Tests of {@code dev.kvorum.local.api}. */
@NullMarked
package dev.kvorum.local.api;

import org.jspecify.annotations.NullMarked;
