package dev.kvorum.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we say about the lambdas of a class, beside what the JVM says. */
class LambdasIT {

    /** A program with a lambda for every kind of method that one can stand for. */
    static final class Speaker {

        private final String word = "word";

        private Speaker() {}

        public static void main(String[] arguments) {
            int three = arguments.length + 3;
            Supplier<Speaker> constructor = Speaker::new;
            Supplier<Integer> capturing = () -> three;
            Function<String, Integer> virtual = String::length;
            Function<List<?>, Integer> ofInterface = List::size;
            Function<Object, String> ofStatic = String::valueOf;
            Speaker made = constructor.get();
            Supplier<String> ofPrivate = () -> made.secret();
            System.out.println(Stream.of(
                            capturing.get(),
                            virtual.apply("four"),
                            ofInterface.apply(List.of()),
                            ofStatic.apply(ofPrivate.get()),
                            made.bound().get())
                    .toList());
        }

        private Supplier<String> bound() {
            return this::secret;
        }

        private String secret() {
            return word;
        }
    }

    @Test
    void theLinesAreThoseThatTheJvmWrites(@TempDir Path directory) throws Exception {
        Path list = directory.resolve("list");
        Path jar = directory.resolve("speaker.jar");
        Path bin = JavaRuntime.jdk().resolve("bin");
        Tool.run(
                directory,
                List.of(bin.resolve("jar").toString(), "--create", "--file", jar.toString(), "-C", classes(), "."));
        Tool.run(
                directory,
                List.of(
                        bin.resolve("java").toString(),
                        "-XX:DumpLoadedClassList=" + list,
                        "-cp",
                        jar.toString(),
                        Speaker.class.getName()));
        String speaker = Speaker.class.getName().replace('.', '/');
        assertThat(Lambdas.in(classFile(speaker)))
                .hasSize(7)
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(list).stream()
                        .filter(line -> line.startsWith("@lambda-proxy " + speaker + " "))
                        .distinct()
                        .toList());
    }

    @Test
    void anEmptyFileHasNone() {
        assertThat(Lambdas.in(new byte[0])).isEmpty();
    }

    private static String classes() throws Exception {
        return Path.of(LambdasIT.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static byte[] classFile(String name) throws IOException {
        try (var content = LambdasIT.class.getResourceAsStream("/" + name + ".class")) {
            assertThat(content).isNotNull();
            return content.readAllBytes();
        }
    }
}
