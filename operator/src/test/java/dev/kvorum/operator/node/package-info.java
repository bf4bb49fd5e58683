/** Tests of the nodes' admin API over sockets. */
@NullMarked
package dev.kvorum.operator.node;

import org.jspecify.annotations.NullMarked;
