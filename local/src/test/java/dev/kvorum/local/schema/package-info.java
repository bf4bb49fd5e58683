/** Tests of {@code dev.kvorum.local.schema}. */
@NullMarked
package dev.kvorum.local.schema;

import org.jspecify.annotations.NullMarked;
