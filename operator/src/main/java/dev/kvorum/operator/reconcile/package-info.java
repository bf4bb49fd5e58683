/**
 * Where passes begin: observe → plan → act → tell, once per event, retry or two minutes.
 *
 * <p>{@link ClusterLoop} is the pass itself and knows no framework; the rest ties it to the Java Operator SDK. May
 * import
 * every package of the operator.
 */
@NullMarked
package dev.kvorum.operator.reconcile;

import org.jspecify.annotations.NullMarked;
