/** Tests of {@code dev.kvorum.local.ownership}. */
@NullMarked
package dev.kvorum.local.ownership;

import org.jspecify.annotations.NullMarked;
