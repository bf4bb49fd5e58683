/**
 * Behaviour of the whole through public doors: the launcher, kubectl, HTTP, RESP, and the signals that a process gets.
 *
 * <p>The ground is the stand-in that {@code ./kvorum up} starts; it is taken down when the last test has ended.
 */
@NullMarked
package dev.kvorum.e2e;

import org.jspecify.annotations.NullMarked;
