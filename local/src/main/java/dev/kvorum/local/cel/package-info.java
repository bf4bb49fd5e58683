/**
 * The validation rules of custom resources ({@code x-kubernetes-validations}), compiled and evaluated with CEL.
 *
 * <p>Source: the Kubernetes documentation "Validation rules" of CustomResourceDefinitions. Values are dynamic here,
 * so a rule with a type error is refused when it meets a value, not when it is compiled; cost limits are not
 * computed. Both are tested on a real API server elsewhere. Allowed imports: json, schema, Jackson, dev.cel.
 */
@NullMarked
package dev.kvorum.local.cel;

import org.jspecify.annotations.NullMarked;
