/** Tests of {@code dev.kvorum.local.kubelet}. */
@NullMarked
package dev.kvorum.local.kubelet;

import org.jspecify.annotations.NullMarked;
