/**
 * Which kinds of objects the API serves: the built-in ones in a table, and those that CustomResourceDefinitions add.
 *
 * <p>Invariant: a resource type is immutable; a changed definition replaces it whole. Only the storage version of a
 * custom resource is served. Allowed imports: json, schema, cel, the Fabric8 model.
 */
@NullMarked
package dev.kvorum.local.resources;

import org.jspecify.annotations.NullMarked;
