/**
 * What an administrator may set on the operator itself. Read once at start; wrong values stop it with one sentence.
 *
 * <p>Imports nothing of the operator.
 */
@NullMarked
package dev.kvorum.operator.config;

import org.jspecify.annotations.NullMarked;
