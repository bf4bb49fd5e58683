/**
 * What the client's HTTP door and the admin door share: a server with limits, bounded bodies, strict parameters, whole
 * answers and problems.
 *
 * <p>Nothing here knows what is asked. Imports {@code server.json}, {@code server.config} and {@code server.metrics}.
 */
@NullMarked
package dev.kvorum.server.web;

import org.jspecify.annotations.NullMarked;
