/** Tests of {@code dev.kvorum.local.json}. */
@NullMarked
package dev.kvorum.local.json;

import org.jspecify.annotations.NullMarked;
