/**
 * What Kubernetes' own controllers do, as far as a Kvorum cluster needs it: StatefulSets, claims, endpoints, disruption
 * budgets, nodes, the scheduler, garbage collection.
 *
 * <p>Each controller looks at everything there is and brings it one step nearer to what is asked; one thread runs
 * them in turn until nothing changes. Invariant: a controller that finds all as it should be writes nothing. Allowed
 * imports: json, objects, Jackson, the Fabric8 model.
 */
@NullMarked
package dev.kvorum.local.controllers;

import org.jspecify.annotations.NullMarked;
