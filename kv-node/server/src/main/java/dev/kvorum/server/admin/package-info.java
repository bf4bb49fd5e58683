/**
 * The admin door: health, metrics, what a node knows of itself and of the cluster, founding, drain.
 *
 * <p>It opens before the store does, so that a node that cannot start says why. Health and metrics are open; everything
 * else needs the bearer token where one is configured. Imports {@code server.web}, {@code server.door},
 * {@code server.json}, {@code server.config}, {@code server.metrics} and {@code core} values.
 */
@NullMarked
package dev.kvorum.server.admin;

import org.jspecify.annotations.NullMarked;
