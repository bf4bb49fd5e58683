/**
 * The one-machine Kubernetes stand-in behind {@code ./kvorum up}: the entry point.
 *
 * <p>Below it, each package may import those before it: json, wire, schema, cel, resources, store, patch, ownership,
 * objects, tables, api, controllers, kubelet, launch. How they work together: docs/internals/local.md.
 */
@NullMarked
package dev.kvorum.local;

import org.jspecify.annotations.NullMarked;
