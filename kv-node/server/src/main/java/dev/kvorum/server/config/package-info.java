/**
 * What can be set on a node: one record per component, read once at the start from {@code kv-node.yaml} and from
 * {@code KVORUM_*} variables.
 *
 * <p>Each record component is one key. Its {@link dev.kvorum.server.config.Setting} says type, unit, default and range;
 * its Javadoc says what it is for, what a larger or smaller value costs, and the formula where one exists. The page
 * {@code docs/reference/configuration.md} is generated from both. Nothing is ignored: a key that is unknown or out of
 * range stops the start with one sentence. Imports nothing of Kvorum.
 */
@NullMarked
package dev.kvorum.server.config;

import org.jspecify.annotations.NullMarked;
