/**
 * The HTTP face of the stand-in, as kubectl and the Kubernetes clients expect it: discovery, OpenAPI, the verbs on
 * objects, watches, tables, the subresources.
 *
 * <p>Source: the Kubernetes API concepts. Plain HTTP on loopback, without users: whoever may use this machine's
 * loopback may use the cluster; requests with a foreign Host header, such as a web page's, are refused. Allowed
 * imports: all but controllers, kubelet, launch.
 */
@NullMarked
package dev.kvorum.local.api;

import org.jspecify.annotations.NullMarked;
