/**
 * Where the tests of this module run: the stand-in of this checkout, a real Kubernetes cluster, or K3s in a
 * container. One ground per run, chosen by {@code KVORUM_E2E_GROUND}; each test says with {@code @Needs} what it does
 * to a ground, and is skipped with the reason where that cannot be done. Source: the design's page on the operator,
 * section 7.
 */
@NullMarked
package dev.kvorum.e2e.ground;

import org.jspecify.annotations.NullMarked;
