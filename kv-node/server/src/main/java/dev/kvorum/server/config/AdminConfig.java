package dev.kvorum.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may administer this node.
 *
 * @param adminTokenFile the file that holds the bearer token of the admin door; read again when it changes, so that a
 *     token is rotated without a restart. Without it everyone who reaches the port may administer the node, and the log
 *     warns of it.
 */
public record AdminConfig(
        @Setting(otherwise = "the admin door is open") @Nullable
        Path adminTokenFile) {}
