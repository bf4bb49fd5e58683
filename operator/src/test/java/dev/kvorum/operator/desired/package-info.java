/** Tests of what should be there. */
@NullMarked
package dev.kvorum.operator.desired;

import org.jspecify.annotations.NullMarked;
