package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;

/** Where the output of a pod's container is. May be called from any thread. */
@FunctionalInterface
public interface ContainerLogs {

    /** Which run of the container. */
    enum Run {
        PRESENT,
        PREVIOUS
    }

    /** The file, if that run has written one. */
    Optional<Path> file(ObjectNode pod, Run run);
}
