/**
 * The kinds of patches of the Kubernetes API, as pure functions from an object and a patch to the next object.
 *
 * <p>Source: RFC 6902 (JSON patch), RFC 7396 (merge patch), the Kubernetes documentation of strategic merge patch.
 * Server-side apply is in {@code ownership}. Allowed imports: json, schema, Jackson, zjsonpatch.
 */
@NullMarked
package dev.kvorum.local.patch;

import org.jspecify.annotations.NullMarked;
