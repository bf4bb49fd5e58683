/**
 * The seam between the doors and the node behind them: what a door asks for, and what it may know.
 *
 * <p>Doors ({@code http}, {@code resp}, {@code admin}) translate protocols and hold no decision of replication; the
 * shell implements these interfaces. Data requests of a loop are submitted, answered and written on that loop's thread.
 * Imports {@code core} values only.
 */
@NullMarked
package dev.kvorum.server.door;

import org.jspecify.annotations.NullMarked;
