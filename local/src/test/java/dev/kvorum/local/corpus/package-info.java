/**
 * What a KVCluster may say: some hundred specs and changes, each with the answer of a real API server, word for word.
 *
 * <p>The files are among the test resources of {@code crds}. The real server, the stand-in and the operator's own
 * rules are held to the same answers, so a spec that works here works there.
 */
@NullMarked
package dev.kvorum.local.corpus;

import org.jspecify.annotations.NullMarked;
