/**
 * The process: {@link dev.kvorum.server.Main} reads the configuration, opens the doors and runs until it is told to
 * stop.
 *
 * <p>The shell around the machines of {@code core}: real clocks, sockets and disk, and no decision of a protocol.
 * Imports all packages of the server.
 */
@NullMarked
package dev.kvorum.server;

import org.jspecify.annotations.NullMarked;
