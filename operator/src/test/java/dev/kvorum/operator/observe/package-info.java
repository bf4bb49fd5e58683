/** Tests of asking nodes. */
@NullMarked
package dev.kvorum.operator.observe;

import org.jspecify.annotations.NullMarked;
