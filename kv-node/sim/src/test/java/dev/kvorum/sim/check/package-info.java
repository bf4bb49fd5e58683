/** Tests of the checkers: what they must accept, and what they must find. */
@NullMarked
package dev.kvorum.sim.check;

import org.jspecify.annotations.NullMarked;
