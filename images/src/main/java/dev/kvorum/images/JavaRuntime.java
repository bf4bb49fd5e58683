package dev.kvorum.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Java runtime of both images: the JDK that builds them, cut down to the modules that they use. */
final class JavaRuntime {

    /** Where it stands in an image. */
    static final String HOME = "/opt/java";

    /** The last two are for people: flight recordings, and jcmd inside a pod. */
    private static final List<String> MODULES = List.of(
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.xml",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.jfr",
            "jdk.jcmd");

    private JavaRuntime() {}

    static void into(Tree layer) throws BuildFailedException, IOException, InterruptedException {
        Path home = layer.at(HOME);
        Files.createDirectories(home.getParent());
        Tool.run(
                layer.root(),
                List.of(
                        jdk().resolve("bin/jlink").toString(),
                        "--add-modules",
                        String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        home.toString()));
    }

    /** The JDK that runs this build. */
    static Path jdk() {
        return Path.of(System.getProperty("java.home"));
    }
}
