/**
 * The Kubernetes protobuf form of request bodies, which kubectl prefers for some built-in kinds since 1.32.
 *
 * <p>Source: the Kubernetes API conventions on "alternate representations": four magic bytes, then an envelope with the
 * kind and the object. Only requests are read; answers are always JSON. Allowed imports: json, Jackson.
 */
@NullMarked
package dev.kvorum.local.wire;

import org.jspecify.annotations.NullMarked;
