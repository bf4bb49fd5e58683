/**
 * What a client asks of the store and what it is answered, independent of the door it came through.
 *
 * <p>The HTTP and RESP doors translate to and from these values; they also cross the wire when a request is forwarded.
 * Imports {@code core.step}, {@code core.wire}, {@code core.ring} and {@code core.version}.
 */
@NullMarked
package dev.kvorum.core.request;

import org.jspecify.annotations.NullMarked;
