/**
 * The custom resources of Kvorum: what a user asks for ({@code spec}) and what the operator answers ({@code status}).
 *
 * <p>The Java types are the source; {@code crds/kvclusters.kvorum.dev.yaml} is made from them and committed, and a test
 * fails when the two differ. Rules that a schema cannot say are CEL, and each says field, value and remedy. Source: the
 * Kubernetes CRD reference (structural schemas, validation rules). May import Fabric8 and nothing else.
 */
@NullMarked
package dev.kvorum.crds;

import org.jspecify.annotations.NullMarked;
