package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The manifests under {@code examples}, for clusters under another name and of another size. */
enum Example {
    /** A host in each of three zones. */
    THREE_ZONES("kvcluster.yaml"),
    /** One host. */
    ONE_HOST("one-node.yaml");

    private final String file;

    Example(String file) {
        this.file = file;
    }

    String manifest(Path home, String cluster, int replicas) {
        try {
            return Files.readString(home.resolve("examples").resolve(file))
                    .replace("name: demo", "name: " + cluster)
                    .replaceFirst("replicas: 3", "replicas: " + replicas);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
