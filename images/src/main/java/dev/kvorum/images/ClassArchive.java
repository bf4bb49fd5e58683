package dev.kvorum.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Classes of a program parsed and linked beforehand: the JVM maps the file instead of reading jars. The JVM writes the
 * same archive for the same list, jars and JDK. Its AOT cache would save another tenth of a second, and is different
 * each time: it holds timings, and clock readings inside archived objects.
 *
 * <p>The archive is used only with the same jars at the end of the same paths, of the same size and time.
 */
final class ClassArchive {

    private final Path java;
    private final Path work;

    /**
     * @param java the runtime that will read the archive
     * @param work where the list is put for the JVM
     */
    ClassArchive(Path java, Path work) {
        this.java = java;
        this.work = work;
    }

    /** Makes the archive of the listed classes of a program whose jars stand where they do in the image. */
    void make(List<String> classes, ProgramFiles files, Path home, Path archive)
            throws BuildFailedException, IOException, InterruptedException {
        Path list = Files.write(work.resolve("classes.list"), lines(classes, files));
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xshare:dump"));
        command.addAll(Program.shape());
        command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
        command.add("-XX:SharedClassListFile=" + list);
        command.add("-XX:SharedArchiveFile=" + archive);
        command.addAll(List.of("-cp", home.resolve(files.jar().getFileName()).toString()));
        Tool.run(work, command);
    }

    private static List<String> lines(List<String> classes, ProgramFiles files) throws IOException {
        List<String> lines = new ArrayList<>(classes);
        List<ZipFile> jars = new ArrayList<>();
        try {
            for (Path jar : files.jars()) {
                jars.add(new ZipFile(jar.toFile()));
            }
            for (String name : classes) {
                lines.addAll(Lambdas.in(classFile(name + ".class", jars)));
            }
        } finally {
            for (ZipFile jar : jars) {
                jar.close();
            }
        }
        return lines;
    }

    /** Empty for a class that is gone since the list was made. */
    private static byte[] classFile(String entry, List<ZipFile> jars) throws IOException {
        for (ZipFile jar : jars) {
            ZipEntry found = jar.getEntry(entry);
            if (found != null) {
                try (InputStream content = jar.getInputStream(found)) {
                    return content.readAllBytes();
                }
            }
        }
        try (InputStream content = ClassLoader.getPlatformClassLoader().getResourceAsStream(entry)) {
            return content == null ? new byte[0] : content.readAllBytes();
        }
    }
}
