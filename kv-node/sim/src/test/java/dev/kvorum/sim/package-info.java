/** Tests of the simulator: its seeds, its command line, and that it catches what is planted. */
@NullMarked
package dev.kvorum.sim;

import org.jspecify.annotations.NullMarked;
