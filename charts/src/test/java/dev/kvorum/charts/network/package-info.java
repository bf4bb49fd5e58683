/**
 * What network policies let through, as a pure function: no ground that tests run on enforces any.
 *
 * <p>After the definition of {@code networking.k8s.io/v1}. A pod that no policy selects for a direction is open in that
 * direction; one that some policies select gets what any of them lets through. A connection needs the leave of both
 * ends.
 */
@NullMarked
package dev.kvorum.charts.network;

import org.jspecify.annotations.NullMarked;
