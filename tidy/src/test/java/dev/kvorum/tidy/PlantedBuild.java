package dev.kvorum.tidy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One real Maven build of planted modules, each core's POM under another name with one class in it.
 *
 * @param output all that Maven said
 */
record PlantedBuild(String output) {

    private static final long LIMIT_S = 300;

    /** A module to build: the text of its one class, and what is changed in its POM. */
    record Module(String text, UnaryOperator<String> pom) {

        static Module with(String text) {
            return new Module(text, UnaryOperator.identity());
        }
    }

    /** Builds all modules, by name. */
    static PlantedBuild of(Path directory, SortedMap<String, Module> planted) throws IOException, InterruptedException {
        Path root = Tree.root();
        String modules = planted.keySet().stream()
                .map(name -> "<module>kv-node/" + name + "</module>")
                .collect(Collectors.joining("", "<modules>", "</modules>"));
        String rootPom = Files.readString(root.resolve("pom.xml"));
        write(directory.resolve("pom.xml"), rootPom.replaceFirst("(?s)<modules>.*?</modules>", modules));
        write(
                directory.resolve("kv-node/forbidden-apis.txt"),
                Files.readString(root.resolve("kv-node/forbidden-apis.txt")));
        String corePom = Files.readString(root.resolve("kv-node/core/pom.xml"));
        for (var entry : planted.entrySet()) {
            Path module = directory.resolve("kv-node").resolve(entry.getKey());
            String pom = corePom.replace("kvorum-core", "planted-" + entry.getKey());
            write(module.resolve("pom.xml"), entry.getValue().pom().apply(pom));
            writePackage(module, entry.getValue().text());
        }
        return new PlantedBuild(run(directory));
    }

    boolean succeeded(String module) {
        return logOf(module).contains("spotless") && failureOf(module).isEmpty();
    }

    /** The one line in which Maven says why a module failed; empty when it did not. */
    String failureOf(String module) {
        Matcher failure = Pattern.compile(
                        "Failed to execute goal .* on project planted-" + module + ":.*(\n\\[ERROR] .*)?")
                .matcher(output);
        return failure.find() ? failure.group() : "";
    }

    /** What Maven said while it built this module. */
    String logOf(String module) {
        int start = output.indexOf("< dev.kvorum:planted-" + module + " >");
        if (start < 0) {
            return "";
        }
        int end = output.indexOf("< dev.kvorum:planted-", start + 1);
        return output.substring(start, end < 0 ? output.length() : end);
    }

    private static void writePackage(Path module, String text) throws IOException {
        Path sources = module.resolve("src/main/java/dev/kvorum/planted");
        write(sources.resolve("Planted.java"), "package dev.kvorum.planted;\n\n" + text);
        write(sources.resolve("package-info.java"), """
                /** Planted. */
                @NullMarked
                package dev.kvorum.planted;

                import org.jspecify.annotations.NullMarked;
                """);
    }

    private static String run(Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("build.log");
        ProcessBuilder builder = new ProcessBuilder(command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();
        if (!maven.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            maven.destroyForcibly();
            throw new IllegalStateException("Maven did not end within " + LIMIT_S + " s:\n" + Files.readString(log));
        }
        return Files.readString(log);
    }

    private static List<String> command() {
        String maven = System.getProperty("maven.home") + File.separator + "bin" + File.separator + "mvn";
        List<String> command = new ArrayList<>(List.of(maven, "--batch-mode", "--offline", "--fail-at-end", "-ntp"));
        command.add("-Dstyle.color=never");
        command.add("-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
        command.add("-DskipTests");
        command.add("verify");
        return command;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
