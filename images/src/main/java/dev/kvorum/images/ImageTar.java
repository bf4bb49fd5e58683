package dev.kvorum.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** Writes trees of files as an image: everything root's, readable by all, writable by nobody but root. */
final class ImageTar {

    private static final String USER = "10001";
    private static final String GROUP = "0";
    private static final FilePermissions GROUP_WRITES = FilePermissions.fromOctalString("770");

    private final Machine machine;
    private final Path work;

    /**
     * @param work where layers are kept while they are packed
     */
    ImageTar(Machine machine, Path work) {
        this.machine = machine;
        this.work = work;
    }

    /** Writes {@code repository:version} to a file, with one layer per tree and one for what its user may write. */
    void write(Program program, ProgramFiles files, List<Tree> layers, Path tar)
            throws BuildFailedException, IOException, InterruptedException {
        String name = program.repository() + ":" + files.version();
        try {
            JibContainerBuilder image = configured(program, files);
            for (Tree layer : layers) {
                image.addFileEntriesLayer(layer(layer));
            }
            image.addFileEntriesLayer(writable(program));
            image.containerize(Containerizer.to(TarImage.at(tar).named(name))
                    .setBaseImageLayersCache(work)
                    .setApplicationLayersCache(work)
                    .setOfflineMode(true)
                    .setToolName("kvorum")
                    .setToolVersion(files.version()));
        } catch (InvalidImageReferenceException
                | RegistryException
                | CacheDirectoryCreationException
                | ExecutionException e) {
            throw new BuildFailedException("jib cannot write " + name + ": " + e);
        }
    }

    private JibContainerBuilder configured(Program program, ProgramFiles files) throws InvalidImageReferenceException {
        return Jib.fromScratch()
                .setPlatforms(Set.of(new Platform(machine.ociName(), "linux")))
                .setCreationTime(Instant.EPOCH)
                .setUser(USER + ":" + GROUP)
                .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
                .setEnvironment(environment(program))
                .setExposedPorts(Ports.parse(program.ports()))
                .setLabels(labels(program, files))
                .setEntrypoint(List.of(JavaRuntime.HOME + "/bin/java", "@" + program.home() + "/java.options"));
    }

    private Map<String, String> environment(Program program) {
        var variables = new TreeMap<String, String>();
        variables.put("HOME", "/tmp");
        variables.put("PATH", JavaRuntime.HOME + "/bin");
        if (program == Program.KV_NODE) {
            variables.put("LD_PRELOAD", DebianFiles.jemalloc(machine));
        }
        return variables;
    }

    private static Map<String, String> labels(Program program, ProgramFiles files) {
        String prefix = "org.opencontainers.image.";
        return new TreeMap<>(Map.of(
                prefix + "title", program.repository(),
                prefix + "description", program.description(),
                prefix + "version", files.version(),
                prefix + "licenses", "Apache-2.0"));
    }

    private static FileEntriesLayer layer(Tree tree) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder();
        for (Path top : Tree.list(tree.root())) {
            layer.addEntryRecursive(
                    top,
                    AbsoluteUnixPath.get("/" + top.getFileName()),
                    (file, inImage) -> FilePermissions.fromOctalString(Files.isExecutable(file) ? "755" : "644"),
                    (file, inImage) -> ProgramFiles.TIME,
                    (file, inImage) -> "0:0");
        }
        return layer.build();
    }

    private FileEntriesLayer writable(Program program) throws IOException {
        Path empty = Tree.fresh(work.resolve("empty")).root();
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder();
        for (String directory : program.writable()) {
            layer.addEntry(empty, AbsoluteUnixPath.get(directory), GROUP_WRITES, ProgramFiles.TIME, USER + ":" + GROUP);
        }
        return layer.build();
    }
}
