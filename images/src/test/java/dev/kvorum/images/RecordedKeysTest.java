package dev.kvorum.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedKeysTest {

    private final Path directory;

    RecordedKeysTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void numbersFollowTheOrderOfClassesAndTheirConstants() throws IOException {
        Path jar = renumbered("b", type("Second", "proxykey9", "proxykey72"), type("First", "proxykey72", "other"));

        assertThat(strings(jar, "First")).containsExactly("proxykey1", "other");
        assertThat(strings(jar, "Second")).containsExactly("proxykey2", "proxykey1");
    }

    @Test
    void buildsThatDifferInNumbersAndOrderAloneBecomeTheSameBytes() throws IOException {
        Path one = renumbered("one", type("First", "proxykey5", "proxykey6"), type("Second", "proxykey6"));
        Path two = renumbered("two", type("Second", "proxykey3"), type("First", "proxykey140", "proxykey3"));

        assertThat(two).hasSameBinaryContentAs(one);
    }

    @Test
    void buildsThatDifferInMeaningStayDifferent() throws IOException {
        Path one = renumbered("one", type("First", "proxykey5", "proxykey6"), type("Second", "proxykey6"));
        Path two = renumbered("two", type("First", "proxykey5", "proxykey6"), type("Second", "proxykey5"));

        assertThat(Files.mismatch(one, two)).isNotNegative();
    }

    @Test
    void whatOnlyLooksLikeAKeyAndWhatIsNoClassStays() throws IOException {
        Path jar = renumbered(
                "b",
                type("First", "proxykey", "my proxykey7", "proxykey7x"),
                Map.entry("a.txt", "proxykey7".getBytes(StandardCharsets.UTF_8)));

        assertThat(strings(jar, "First")).containsExactly("proxykey", "my proxykey7", "proxykey7x");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry("a.txt"))).hasContent("proxykey7");
        }
    }

    /** A class that knows these strings, and numbers of two places in its table of constants. */
    private static Map.Entry<String, byte[]> type(String name, String... strings) {
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        type -> type.withMethodBody(
                                "use", MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_STATIC, code -> {
                                    code.loadConstant(1L << 40)
                                            .pop2()
                                            .loadConstant(0.1)
                                            .pop2();
                                    for (String string : strings) {
                                        code.loadConstant(string).pop();
                                    }
                                    code.return_();
                                }));
        return Map.entry(name + ".class", bytes);
    }

    @SafeVarargs
    private Path renumbered(String name, Map.Entry<String, byte[]>... entries) throws IOException {
        Path from = directory.resolve(name + "-built.jar");
        try (OutputStream file = Files.newOutputStream(from);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : entries) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Path to = directory.resolve(name + ".jar");
        RecordedKeys.renumber(from, to);
        return to;
    }

    private static List<String> strings(Path jar, String type) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            byte[] bytes = zip.getInputStream(zip.getEntry(type + ".class")).readAllBytes();
            List<String> strings = new ArrayList<>();
            ClassFile.of().parse(bytes).constantPool().forEach(constant -> {
                if (constant instanceof StringEntry string) {
                    strings.add(string.stringValue());
                }
            });
            return strings;
        }
    }
}
