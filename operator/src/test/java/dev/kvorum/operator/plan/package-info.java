/** Tests of the pure planning. */
@NullMarked
package dev.kvorum.operator.plan;

import org.jspecify.annotations.NullMarked;
