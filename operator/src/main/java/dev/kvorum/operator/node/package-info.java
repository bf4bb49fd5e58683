/**
 * The nodes' admin API as the operator uses it: asking a node what it is, handing it the bootstrap document,
 * and, under a session, asking the authority for changes.
 *
 * <p>Source: the admin API of the nodes, port 9600, JSON. Values are records; unknown fields are ignored so that an
 * older
 * operator understands newer nodes. Nothing here decides anything. Imports nothing of the operator.
 */
@NullMarked
package dev.kvorum.operator.node;

import org.jspecify.annotations.NullMarked;
