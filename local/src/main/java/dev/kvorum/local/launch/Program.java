package dev.kvorum.local.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the checkout and how its JVM is set. Beside its jar stands an archive of its classes, parsed, which
 * halves its start; the JVM itself sees when an archive is of another build or JDK and does without it.
 *
 * @param jar what the build made
 * @param settings for the JVM that runs it, beside those that all have in common
 * @param classes the names of the classes of a start, one per line, as the images' module keeps them
 */
record Program(Path jar, List<String> settings, Path classes) {

    /** Of the JVM that writes the archive and of the one that reads it: otherwise it is of no use. */
    private static final List<String> SHAPE = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** The arguments of {@code java}. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(SHAPE);
        arguments.addAll(settings);
        arguments.addAll(List.of("-XX:SharedArchiveFile=" + archive(), "-Xlog:cds*=off", "-Xlog:aot*=off"));
        arguments.addAll(List.of("-jar", jar.toString()));
        return arguments;
    }

    /** Begins to write the archive; to be waited for. */
    Process archiveClasses() throws IOException {
        Files.deleteIfExists(archive());
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:dump"));
        command.addAll(SHAPE);
        command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
        command.add("-XX:SharedClassListFile=" + classes);
        command.add("-XX:SharedArchiveFile=" + archive());
        command.addAll(List.of("-cp", jar.toString()));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private Path archive() {
        return jar.resolveSibling("classes.jsa");
    }
}
