package dev.kvorum.local.launch;

import dev.kvorum.local.kubelet.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs that the checkout's build made. */
record Builds(Path node, Path operator) {

    private static final List<String> QUIET =
            List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    static Builds find(Home home) throws FailedException, IOException {
        Path operator = home.checkout().resolve("operator/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(operator)) {
            throw new FailedException("the operator is not built (" + operator + " is missing): mvn package");
        }
        return new Builds(nodeJar(home.checkout().resolve("kv-node/server/target")), operator);
    }

    private static Path nodeJar(Path target) throws FailedException, IOException {
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                List<Path> jars = files.filter(
                                file -> file.getFileName().toString().matches("kvorum-server-[0-9][0-9.]*\\.jar"))
                        .sorted()
                        .toList();
                if (!jars.isEmpty()) {
                    return jars.getLast();
                }
            }
        }
        throw new FailedException("the node is not built (no kvorum-server jar in " + target + "): mvn package");
    }

    /** What the images of our manifests are here. */
    Programs programs() {
        List<String> arguments = new ArrayList<>(List.of(
                // A heap that grows, or a first look at the metaspace, stops a node for half a second while it starts.
                "-Xms256m",
                "-Xmx256m",
                "-XX:MetaspaceSize=96m",
                "-XX:MaxDirectMemorySize=320m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders"));
        arguments.addAll(QUIET);
        arguments.addAll(List.of("-jar", node.toString()));
        return new Programs(Map.of("kvorum/kv-node", List.copyOf(arguments)));
    }

    /** The arguments of {@code java} for the operator. */
    List<String> operatorArguments() {
        List<String> arguments = new ArrayList<>(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        arguments.addAll(QUIET);
        arguments.addAll(List.of("-jar", operator.toString()));
        return arguments;
    }
}
