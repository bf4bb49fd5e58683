/**
 * Who set which field of an object ({@code metadata.managedFields}), and server-side apply, which lives from it.
 *
 * <p>Source: the Kubernetes documentation "Server-Side Apply". Invariants: every field that was ever written has an
 * owner; an apply that changes nothing leaves the object as it is, times included. Allowed imports: json, schema,
 * Jackson.
 */
@NullMarked
package dev.kvorum.local.ownership;

import org.jspecify.annotations.NullMarked;
