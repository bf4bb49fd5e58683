/** A Kubernetes and nodes in memory, one thread, no clock: enough to run whole passes and to crash in between. */
@NullMarked
package dev.kvorum.operator.fake;

import org.jspecify.annotations.NullMarked;
