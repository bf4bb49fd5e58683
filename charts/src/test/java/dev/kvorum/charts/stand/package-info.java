/**
 * The whole operator, with the SDK and a real client, against the stand-in's API server over HTTP; kubelets and nodes
 * are answered for in this JVM, so that a cluster is made in a second.
 */
@NullMarked
package dev.kvorum.charts.stand;

import org.jspecify.annotations.NullMarked;
