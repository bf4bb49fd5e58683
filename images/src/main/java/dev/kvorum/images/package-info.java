/**
 * Makes the images {@code kvorum/kv-node} and {@code kvorum/operator} as docker-format tars, without a container
 * runtime: Debian's C library, a Java runtime cut to size, the program's jars, and an archive of its classes from which
 * a JVM starts in half the time.
 *
 * <p>Invariants: the same inputs (jars, JDK, packages that apt offers) give the same bytes; nothing in an image is
 * owned by its user but what is to be written, can be written by everyone, or changes the user; nothing is unpacked at
 * the start.
 *
 * <p>Knows the JDK and jib only; takes the programs as their builds left them.
 */
@NullMarked
package dev.kvorum.images;

import org.jspecify.annotations.NullMarked;
