package dev.kvorum.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kvorum.e2e.ground.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code ./kvorum images} makes, looked at with tar. */
class ImagesE2E {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final Map<String, Long> MOST_BYTES =
            Map.of("kvorum/kv-node:0.1.0", 250_000_000L, "kvorum/operator:0.1.0", 300_000_000L);

    private static final String LIST_LAYER = "tar -xOf \"$1\" \"$2\" | tar --numeric-owner -tvzf -";

    private final Path home =
            Path.of(System.getProperty("kvorum.home")).toAbsolutePath().normalize();

    /** A line of {@code tar -tv}. */
    private record Entry(String mode, String owner, long bytes, String path) {

        static Entry parse(String line) {
            String[] words = line.split(" +", 6);
            return new Entry(words[0], words[1], Long.parseLong(words[2]), words[5]);
        }
    }

    @BeforeEach
    void thisMachineHasPackages() {
        assumeThat(Shell.has("apt-get") && Shell.has("dpkg-deb"))
                .as("images are made on Debian or Ubuntu")
                .isTrue();
    }

    @Test
    void theProgramIsNobodySpecialAndSaysWhatItIs() throws IOException {
        for (Path tar : images()) {
            JsonNode manifest = json(tar, "manifest.json").get(0);
            JsonNode config = json(tar, manifest.get("Config").asText()).get("config");
            String name = manifest.get("RepoTags").get(0).asText();
            assertThat(MOST_BYTES).containsKey(name);
            assertThat(config.get("User").asText()).isEqualTo("10001:0");
            assertThat(config.get("Entrypoint").get(0).asText()).isEqualTo("/opt/java/bin/java");
            assertThat(config.get("Labels")
                            .get("org.opencontainers.image.version")
                            .asText())
                    .isEqualTo("0.1.0");
        }
    }

    @Test
    void nothingInsideCanBeChangedByOthersOrChangesTheUser() throws IOException {
        for (Path tar : images()) {
            List<Entry> entries = entries(tar);
            assertThat(entries).hasSizeGreaterThan(100).allSatisfy(entry -> {
                assertThat(entry.mode()).as(entry.path()).doesNotContain("s").doesNotContain("t");
                assertThat(entry.mode().charAt(8)).as(entry.path()).isEqualTo('-');
                assertThat(entry.owner()).as(entry.path()).isEqualTo(isWritable(entry) ? "10001/0" : "0/0");
                assertThat(entry.mode().charAt(5)).as(entry.path()).isEqualTo(isWritable(entry) ? 'w' : '-');
            });
            assertThat(entries).anyMatch(entry -> entry.path().equals("tmp/"));
        }
    }

    @Test
    void nativeLibrariesAreUnpackedAndTheSizesAreKept() throws IOException {
        for (Path tar : images()) {
            String name =
                    json(tar, "manifest.json").get(0).get("RepoTags").get(0).asText();
            List<Entry> entries = entries(tar);
            assertThat(entries.stream().mapToLong(Entry::bytes).sum()).as(name).isLessThan(MOST_BYTES.get(name));
            if (name.contains("kv-node")) {
                assertThat(entries.stream().map(Entry::path).toList())
                        .anyMatch(path -> path.matches("opt/kv-node/native/librocksdbjni.*[.]so"))
                        .anyMatch(path -> path.matches("opt/kv-node/native/libnetty.*epoll.*[.]so"))
                        .anyMatch(path -> path.matches("lib/.*/libjemalloc[.]so[.]2"));
            }
        }
    }

    private static boolean isWritable(Entry entry) {
        return entry.path().equals("tmp/") || entry.path().equals("var/lib/kvorum/");
    }

    private List<Path> images() {
        String printed = Shell.run(
                        BUILD_LIMIT, Map.of(), List.of(home.resolve("kvorum").toString(), "images"))
                .mustSucceed()
                .out();
        List<Path> tars = printed.lines().map(Path::of).toList();
        assertThat(tars).hasSize(2).allMatch(Files::isRegularFile);
        return tars;
    }

    private static JsonNode json(Path tar, String file) throws IOException {
        return new ObjectMapper()
                .readTree(Shell.run("tar", "-xOf", tar.toString(), file)
                        .mustSucceed()
                        .out());
    }

    private static List<Entry> entries(Path tar) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode layer : json(tar, "manifest.json").get(0).get("Layers")) {
            Shell.run("sh", "-c", LIST_LAYER, "sh", tar.toString(), layer.asText())
                    .mustSucceed()
                    .out()
                    .lines()
                    .map(Entry::parse)
                    .forEach(entries::add);
        }
        return entries;
    }
}
