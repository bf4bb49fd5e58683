package dev.kvorum.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFilesTest {

    private static final String MANIFEST = """
            Manifest-Version: 1.0
            Implementation-Version: 4.5
            Class-Path: lib/b.jar lib/a.jar
            """;

    private final Path directory;

    ProgramFilesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void theManifestSaysVersionAndClassPath() throws Exception {
        ProgramFiles files = built();
        assertThat(files.version()).isEqualTo("4.5");
        assertThat(files.jars())
                .extracting(Path::getFileName)
                .map(Path::toString)
                .containsExactly("quarkus-run.jar", "b.jar", "a.jar");
    }

    @Test
    void onlyThisMachinesLibrariesAreUnpackedAndNoneStaysInsideAJar() throws Exception {
        Tree layer = Tree.fresh(directory.resolve("layer"));
        built().into(layer, "/opt/x", Machine.AMD64);
        assertThat(Tree.list(layer.at("/opt/x/native")))
                .containsExactly(layer.at("/opt/x/native/librocksdbjni-linux64.so"));
        assertThat(entries(layer.at("/opt/x/lib/b.jar"))).containsExactly("some/Type.class");
        assertThat(entries(layer.at("/opt/x/lib/a.jar"))).containsExactly("other/Type.class");
    }

    @Test
    void whatTheProgramReadsAtItsStartIsThere() throws Exception {
        Tree layer = Tree.fresh(directory.resolve("layer"));
        built().into(layer, "/opt/x", Machine.AMD64);
        assertThat(layer.at("/opt/x/quarkus/quarkus-application.dat")).hasContent("data");
    }

    @Test
    void copiesAreTheSameEachTime() throws Exception {
        ProgramFiles files = built();
        Tree one = Tree.fresh(directory.resolve("one"));
        Tree other = Tree.fresh(directory.resolve("other"));
        files.into(one, "/opt/x", Machine.ARM64);
        files.into(other, "/opt/x", Machine.ARM64);
        assertThat(one.at("/opt/x/lib/b.jar")).hasSameBinaryContentAs(other.at("/opt/x/lib/b.jar"));
        assertThat(Files.getLastModifiedTime(one.at("/opt/x/quarkus-run.jar")).toInstant())
                .isEqualTo(ProgramFiles.TIME);
    }

    @Test
    void aProgramThatIsNotBuiltIsNamed() {
        assertThatThrownBy(() -> ProgramFiles.find(Program.KV_NODE, directory))
                .isInstanceOf(BuildFailedException.class)
                .hasMessage("the kv-node is not built (kv-node/server/target has no jar): mvn package");
    }

    @Test
    void librariesOfOtherMachinesAreNotOurs() {
        assertThat(Machine.AMD64.runs("META-INF/native/libnetty_transport_native_epoll_x86_64.so"))
                .isTrue();
        assertThat(Machine.AMD64.runs("librocksdbjni-linux64-musl.so")).isFalse();
        assertThat(Machine.AMD64.runs("librocksdbjni-osx-x86_64.jnilib")).isFalse();
        assertThat(Machine.AMD64.runs("librocksdbjni-linux-aarch64.so")).isFalse();
        assertThat(Machine.ARM64.runs("librocksdbjni-linux-aarch64.so")).isTrue();
        assertThat(Machine.ARM64.runs("META-INF/native/libnetty_transport_native_epoll_aarch_64.so"))
                .isTrue();
    }

    private ProgramFiles built() throws BuildFailedException, IOException {
        Path target = Files.createDirectories(directory.resolve(Program.OPERATOR.builtIn()));
        Path lib = Files.createDirectories(target.resolve("lib"));
        jar(target.resolve("quarkus-run.jar"), Map.of("META-INF/MANIFEST.MF", MANIFEST));
        Files.writeString(
                Files.createDirectories(target.resolve("quarkus")).resolve("quarkus-application.dat"), "data");
        jar(lib.resolve("a.jar"), Map.of("other/Type.class", "a"));
        jar(
                lib.resolve("b.jar"),
                Map.of(
                        "some/Type.class", "b",
                        "librocksdbjni-linux64.so", "amd64",
                        "librocksdbjni-linux64-musl.so", "musl",
                        "librocksdbjni-linux-aarch64.so", "arm64",
                        "librocksdbjni-win64.dll", "windows"));
        return ProgramFiles.find(Program.OPERATOR, directory);
    }

    private static void jar(Path file, Map<String, String> content) throws IOException {
        SortedMap<String, String> inOrder = new TreeMap<>(content);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : inOrder.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static List<String> entries(Path jar) throws IOException {
        try (ZipFile entries = new ZipFile(jar.toFile())) {
            return entries.stream().map(ZipEntry::getName).toList();
        }
    }
}
