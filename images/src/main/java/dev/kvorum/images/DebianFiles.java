package dev.kvorum.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parts of Debian that a Java program needs: C and C++ library, zlib, jemalloc, the certificates of the public
 * authorities. Taken from the packages that apt offers on this machine; needs no root.
 */
final class DebianFiles {

    private static final List<String> PACKAGES =
            List.of("ca-certificates", "libc6", "libgcc-s1", "libjemalloc2", "libstdc++6", "zlib1g");

    private final Machine machine;
    private final Path work;

    /**
     * @param work a directory for downloaded packages; emptied before
     */
    DebianFiles(Machine machine, Path work) {
        this.machine = machine;
        this.work = work;
    }

    /** Where jemalloc stands in the image. */
    static String jemalloc(Machine machine) {
        return "/lib/" + machine.triplet() + "/libjemalloc.so.2";
    }

    /** Copies the files into a layer, and notes each package where scanners look for it. */
    void into(Tree layer) throws BuildFailedException, IOException, InterruptedException {
        if (!Tool.isInstalled("apt-get") || !Tool.isInstalled("dpkg-deb")) {
            throw new BuildFailedException("the images are made from Debian packages, and this machine has no apt-get"
                    + " and dpkg-deb: build them on Debian or Ubuntu, or in a container of one");
        }
        Tree unpacked = Tree.fresh(work);
        for (Path archive : download(unpacked.directory("/archives"))) {
            Path root =
                    unpacked.directory("/" + archive.getFileName().toString().split("_", 2)[0]);
            Tool.run(work, List.of("dpkg-deb", "--extract", archive.toString(), root.toString()));
            copyLibraries(root, layer);
            copyAuthorities(root, layer);
            note(archive, root, layer);
        }
    }

    private static List<Path> download(Path directory) throws BuildFailedException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("apt-get", "download"));
        command.addAll(PACKAGES);
        try {
            Tool.run(directory, command);
        } catch (BuildFailedException failure) {
            throw new BuildFailedException(failure.getMessage() + " (apt-get update renews what it knows)");
        }
        return Tree.list(directory);
    }

    /** A library stands under the name by which programs ask for it; Debian has a link of that name to the file. */
    private void copyLibraries(Path root, Tree layer) throws IOException {
        for (String place : List.of("lib", "usr/lib")) {
            List<Path> libraries = Tree.list(root.resolve(place).resolve(machine.triplet())).stream()
                    .filter(file -> file.getFileName().toString().contains(".so"))
                    .filter(Files::isRegularFile)
                    .toList();
            Set<Path> linked = new HashSet<>();
            for (Path library : libraries) {
                if (Files.isSymbolicLink(library)) {
                    linked.add(library.resolveSibling(Files.readSymbolicLink(library)));
                }
            }
            for (Path library : libraries) {
                if (!linked.contains(library)) {
                    copyLibrary(library, layer);
                }
            }
        }
    }

    private void copyLibrary(Path library, Tree layer) throws IOException {
        String name = library.getFileName().toString();
        layer.copy(library, "/lib/" + machine.triplet() + "/" + name);
        if (machine.loader().endsWith("/" + name)) {
            layer.copy(library, machine.loader());
            layer.at(machine.loader()).toFile().setExecutable(true);
        }
    }

    private static void copyAuthorities(Path root, Tree layer) throws IOException {
        var bundle = new StringBuilder();
        for (Path certificate : Tree.list(root.resolve("usr/share/ca-certificates/mozilla"))) {
            bundle.append(Files.readString(certificate, StandardCharsets.US_ASCII));
        }
        if (!bundle.isEmpty()) {
            layer.write("/etc/ssl/certs/ca-certificates.crt", bundle.toString());
        }
    }

    private static void note(Path archive, Path root, Tree layer)
            throws BuildFailedException, IOException, InterruptedException {
        String name = root.getFileName().toString();
        String fields = Tool.run(root, List.of("dpkg-deb", "--field", archive.toString()));
        layer.write("/var/lib/dpkg/status.d/" + name, fields);
        Path copyright = root.resolve("usr/share/doc").resolve(name).resolve("copyright");
        if (Files.exists(copyright)) {
            layer.copy(copyright, "/usr/share/doc/" + name + "/copyright");
        }
    }
}
