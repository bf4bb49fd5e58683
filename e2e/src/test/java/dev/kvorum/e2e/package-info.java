/**
 * Behaviour of the whole through public doors: the launcher, kubectl, HTTP, RESP, and the signals that a process gets.
 *
 * <p>The same tests run on three grounds; {@code ground} has them, and takes its own down when the last test has ended.
 */
@NullMarked
package dev.kvorum.e2e;

import org.jspecify.annotations.NullMarked;
