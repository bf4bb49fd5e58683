/**
 * How the machines of one node are wired together and what two nodes tell each other when they connect; used by the
 * server and by the simulator alike. The only package that knows all others.
 */
@NullMarked
package dev.kvorum.core.node;

import org.jspecify.annotations.NullMarked;
