/**
 * What the chart and the kustomize base render, as values: golden files, refusals, roles, network policies, alerts.
 *
 * <p>A test that needs {@code helm}, {@code kubectl} or {@code promtool} is skipped, with the reason, where it is
 * missing.
 */
@NullMarked
package dev.kvorum.charts;

import org.jspecify.annotations.NullMarked;
