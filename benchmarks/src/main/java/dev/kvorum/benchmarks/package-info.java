/**
 * The load generator behind {@code ./kvorum bench}: closed and open loops over RESP, percentiles without coordinated
 * omission, and what each rate costs the servers in CPU and memory.
 *
 * <p>It talks to servers through their public doors only and knows none of their classes.
 */
@NullMarked
package dev.kvorum.benchmarks;

import org.jspecify.annotations.NullMarked;
