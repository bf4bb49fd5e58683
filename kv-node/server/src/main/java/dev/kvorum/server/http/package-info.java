/**
 * HTTP for clients: values by bucket and key with contexts, ETags and levels, the plain JSON API, and the ring.
 *
 * <p>There is no router: a path is compared piece by piece, and data requests come first. Everything that is sent is
 * understood or refused by name: parameters, {@code Kvorum-*} headers, methods, paths. Bodies are bounded while they
 * arrive. All classes belong to one event loop. Imports {@code server.web}, {@code server.door}, {@code server.json},
 * {@code server.config}, {@code server.metrics} and {@code core} values.
 */
@NullMarked
package dev.kvorum.server.http;

import org.jspecify.annotations.NullMarked;
