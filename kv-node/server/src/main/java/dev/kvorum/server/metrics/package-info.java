/**
 * Counts requests per loop without locks, and shows them, the JVM and the node as Prometheus text.
 *
 * <p>Each loop and protocol has a {@link dev.kvorum.server.metrics.RequestMeter} that only its thread writes; a scrape
 * sums them up. Labels never hold keys. Imports {@code server.door} and Micrometer.
 */
@NullMarked
package dev.kvorum.server.metrics;

import org.jspecify.annotations.NullMarked;
