package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cluster of {@code examples/kvcluster.yaml}, under another name and of another size. */
final class Example {

    private Example() {}

    static String of(Path home, String cluster, int replicas) {
        try {
            return Files.readString(home.resolve("examples/kvcluster.yaml"))
                    .replace("name: demo", "name: " + cluster)
                    .replaceFirst("replicas: 3", "replicas: " + replicas);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Zones that are any host, for a cluster of one machine. */
    static String withLogicalZones(String manifest) {
        return manifest.replaceAll("- name: (zone-[a-z])", "- {name: $1, nodeSelector: {}}");
    }
}
