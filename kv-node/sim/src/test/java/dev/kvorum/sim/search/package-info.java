/** Tests of the exhaustive search. */
@NullMarked
package dev.kvorum.sim.search;

import org.jspecify.annotations.NullMarked;
