/** Whole passes on a fake ground, and the wiring of the Operator SDK. */
@NullMarked
package dev.kvorum.operator.reconcile;

import org.jspecify.annotations.NullMarked;
