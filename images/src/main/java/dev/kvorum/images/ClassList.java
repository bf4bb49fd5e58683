package dev.kvorum.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The classes that a program loads, as committed beside this class. A list that is out of date costs a few milliseconds
 * of the start per hundred classes, nothing else; one that were made anew for each image would differ each time, and so
 * would the images: which classes a run loads depends on which thread comes first.
 */
final class ClassList {

    private ClassList() {}

    /** Names with slashes, in order. */
    static List<String> of(Program program) {
        String name = fileName(program);
        try (InputStream list = Objects.requireNonNull(ClassList.class.getResourceAsStream(name), name)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    static String fileName(Program program) {
        return program.programName() + ".classes";
    }

    /** What a process of this program has loaded, without what JVMs make at run time. */
    static SortedSet<String> learn(ProcessHandle process)
            throws BuildFailedException, IOException, InterruptedException {
        Path jcmd = JavaRuntime.jdk().resolve("bin/jcmd");
        String pid = Long.toString(process.pid());
        String answer = Tool.run(Path.of("."), List.of(jcmd.toString(), pid, "VM.classes"));
        var names = new TreeSet<String>();
        answer.lines()
                .filter(line -> line.startsWith("0x"))
                .map(line -> line.strip().replaceAll(".* ", ""))
                .filter(ClassList::isFromAFile)
                .forEach(name -> names.add(name.replace('.', '/')));
        return names;
    }

    private static boolean isFromAFile(String name) {
        return !name.startsWith("[") && !name.matches(".*(/|[$]Proxy[0-9]|GeneratedConstructorAccessor).*");
    }
}
