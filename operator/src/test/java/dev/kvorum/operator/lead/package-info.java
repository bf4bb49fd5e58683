/** Elections on a clock that the test turns. */
@NullMarked
package dev.kvorum.operator.lead;

import org.jspecify.annotations.NullMarked;
