/**
 * What happens to an object between a request and the store: identity, pruning, defaults, validation, rules,
 * generations, field ownership, deletion with grace and finalizers. The HTTP doors and the controllers both come
 * through here.
 *
 * <p>Source: the Kubernetes API conventions. Invariants: every write is checked against the resourceVersion it names; a
 * write that changes nothing stores nothing. Allowed imports: all packages below api.
 */
@NullMarked
package dev.kvorum.local.objects;

import org.jspecify.annotations.NullMarked;
