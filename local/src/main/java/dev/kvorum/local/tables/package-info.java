/**
 * What {@code kubectl get} prints: the server renders objects as tables.
 *
 * <p>Source: the columns of Kubernetes 1.34 for built-in kinds, {@code additionalPrinterColumns} for others. Allowed
 * imports: json, objects, resources, Jackson.
 */
@NullMarked
package dev.kvorum.local.tables;

import org.jspecify.annotations.NullMarked;
