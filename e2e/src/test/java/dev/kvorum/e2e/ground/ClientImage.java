package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The image of an application's pod, for clients inside the cluster: this machine's busybox and nothing else, as an
 * archive that container runtimes import.
 */
final class ClientImage {

    static final String NAME = "kvorum.test/client:1";

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final List<String> COMMANDS = List.of("sh", "wget", "nc", "sleep");

    private ClientImage() {}

    /** Where busybox is, if it is one that needs no libraries. */
    static Optional<Path> busybox() {
        return Stream.of("/bin/busybox", "/usr/bin/busybox")
                .map(Path::of)
                .filter(Files::isExecutable)
                .filter(file -> Shell.run("ldd", file.toString()).code() != 0)
                .findFirst();
    }

    /** Makes the archive in this directory. */
    static Path make(Path directory) {
        try {
            Path bin = Files.createDirectories(directory.resolve("root/bin"));
            Files.deleteIfExists(bin.resolve("busybox"));
            Files.copy(busybox().orElseThrow(), bin.resolve("busybox"));
            for (String command : COMMANDS) {
                Files.deleteIfExists(bin.resolve(command));
                Files.createSymbolicLink(bin.resolve(command), Path.of("busybox"));
            }
            Path layer = directory.resolve("layer.tar");
            tar(layer, directory.resolve("root"), "bin");
            Files.writeString(directory.resolve("config.json"), config(layer));
            Files.writeString(directory.resolve("manifest.json"), """
                    [{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]
                    """.formatted(NAME));
            Path archive = directory.resolve("client.tar");
            tar(archive, directory, "manifest.json", "config.json", "layer.tar");
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String config(Path layer) throws IOException {
        return """
                {"architecture":"%s","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["sleep","3600"]},
                 "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}
                """.formatted(System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64", sha256(layer));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    private static void tar(Path archive, Path directory, String... files) {
        Shell.run(
                        LIMIT,
                        Map.of("LC_ALL", StandardCharsets.US_ASCII.name()),
                        Stream.concat(
                                        Stream.of(
                                                "tar",
                                                "--owner=0",
                                                "--group=0",
                                                "-C",
                                                directory.toString(),
                                                "-cf",
                                                archive.toString()),
                                        Stream.of(files))
                                .toList())
                .mustSucceed();
    }
}
