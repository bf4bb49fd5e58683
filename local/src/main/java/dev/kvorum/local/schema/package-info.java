/**
 * What an object may look like: structural schemas (OpenAPI v3 as Kubernetes uses it), read from a
 * CustomResourceDefinition or derived from the Fabric8 model classes for built-in kinds, and what follows from them:
 * pruning, defaults, validation.
 *
 * <p>Source: the Kubernetes documentation of CustomResourceDefinition "structural schemas" and of list and map types.
 * Invariant: a schema is never changed after it was made. Allowed imports: json, Jackson, the Fabric8 model.
 */
@NullMarked
package dev.kvorum.local.schema;

import org.jspecify.annotations.NullMarked;
