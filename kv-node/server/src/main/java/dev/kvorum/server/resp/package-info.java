/**
 * The Redis protocol, versions 2 and 3, over TCP: {@code redis-cli}, {@code redis-benchmark} and Redis Cluster clients
 * talk to a node unmodified.
 *
 * <p>Commands are parsed where they lie in the read buffer; replies leave in the order of their commands although they
 * may be ready in another, and are flushed once per read. Nothing that a client sends makes the door keep more than the
 * limits of {@link dev.kvorum.server.config.DoorConfig}. All classes belong to one event loop. Source: the RESP3
 * specification and the Redis Cluster specification. Imports {@code server.door}, {@code server.config},
 * {@code server.metrics} and {@code core} values.
 */
@NullMarked
package dev.kvorum.server.resp;

import org.jspecify.annotations.NullMarked;
