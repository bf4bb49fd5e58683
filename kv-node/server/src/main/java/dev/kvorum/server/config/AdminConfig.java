package dev.kvorum.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may administer this node.
 *
 * @param adminTokenFile the file that holds the bearer token of the admin door; read again when it changes, so that a
 *     token is rotated without a restart. Without it everyone who reaches the port may administer the node, and the log
 *     warns of it.
 * @param stuckLoopMs when an event loop has not turned for so long, {@code /health/live} says so, and Kubernetes
 *     restarts the node. Shorter frees its shards sooner; one shorter than a long pause of the machine restarts nodes
 *     that would have gone on.
 */
public record AdminConfig(
        @Setting(otherwise = "the admin door is open") @Nullable
        Path adminTokenFile,

        @Setting(byDefault = "60000", unit = "ms", least = 1_000, most = 3_600_000)
        int stuckLoopMs) {}
