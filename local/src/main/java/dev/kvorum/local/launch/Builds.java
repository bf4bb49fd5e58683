package dev.kvorum.local.launch;

import dev.kvorum.local.kubelet.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs that the checkout's build made. */
record Builds(Program node, Program operator) {

    // A heap that grows, or a first look at the metaspace, stops a node for half a second while it starts.
    private static final List<String> NODE =
            List.of("-Xms256m", "-Xmx256m", "-XX:MetaspaceSize=96m", "-XX:MaxDirectMemorySize=320m");

    private static final List<String> OPERATOR = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    static Builds find(Home home) throws FailedException, IOException {
        Path operator = home.checkout().resolve("operator/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(operator)) {
            throw new FailedException("the operator is not built (" + operator + " is missing): mvn package");
        }
        return new Builds(
                new Program(nodeJar(home.checkout().resolve("kv-node/server/target")), NODE, classes(home, "kv-node")),
                new Program(operator, OPERATOR, classes(home, "operator")));
    }

    private static Path classes(Home home, String program) {
        return home.checkout().resolve("images/src/main/resources/dev/kvorum/images/" + program + ".classes");
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
        return new Programs(Map.of("kvorum/kv-node", node.arguments()));
    }

    /** What a start would otherwise do each time is done once, at the end of the build. */
    void prepare() throws FailedException, IOException, InterruptedException {
        Process ofOperator = operator.archiveClasses();
        Process ofNode = node.archiveClasses();
        if (ofOperator.waitFor() + ofNode.waitFor() != 0) {
            throw new FailedException("the JVM wrote no archive of the programs' classes; above is what it said");
        }
    }
}
