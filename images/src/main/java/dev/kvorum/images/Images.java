package dev.kvorum.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the image of a program from a checkout whose modules are built; nothing while its inputs are the same. */
final class Images {

    private final Path checkout;
    private final Path target;

    /**
     * @param checkout where the programs are
     * @param target where the tars go, and all that is made on the way
     */
    Images(Path checkout, Path target) {
        this.checkout = checkout;
        this.target = target;
    }

    /** The tar of a program's image. */
    Path build(Program program) throws BuildFailedException, IOException, InterruptedException {
        ProgramFiles files = ProgramFiles.find(program, checkout);
        Path tar = target.resolve(program.programName() + "-" + files.version() + ".tar");
        Path inputs = tar.resolveSibling(tar.getFileName() + ".inputs");
        String fingerprint = Fingerprint.of(program, files);
        if (Files.exists(tar)
                && Files.exists(inputs)
                && Files.readString(inputs).equals(fingerprint)) {
            return tar;
        }
        System.err.println("Making the image " + program.repository() + ":" + files.version() + " …");
        Files.deleteIfExists(inputs);
        make(program, files, tar);
        Files.writeString(inputs, fingerprint);
        return tar;
    }

    private void make(Program program, ProgramFiles files, Path tar)
            throws BuildFailedException, IOException, InterruptedException {
        Machine machine = Machine.present();
        Path work = Tree.fresh(target.resolve(program.programName())).root();
        List<Tree> layers = new ArrayList<>();
        for (String name : List.of("system", "java", "program")) {
            layers.add(Tree.fresh(work.resolve(name)));
        }
        system(layers.get(0), machine, work);
        JavaRuntime.into(layers.get(1));
        Path java = layers.get(1).at(JavaRuntime.HOME + "/bin/java");
        program(layers.get(2), program, files, new ClassArchive(java, work));
        new ImageTar(machine, Files.createDirectories(work.resolve("packed"))).write(program, files, layers, tar);
    }

    private static void system(Tree layer, Machine machine, Path work)
            throws BuildFailedException, IOException, InterruptedException {
        new DebianFiles(machine, work.resolve("debian")).into(layer);
        layer.write("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        layer.write("/etc/group", "root:x:0:\n");
        layer.write("/etc/passwd", "root:x:0:0:root:/:/none\nkvorum:x:10001:0:Kvorum:/tmp:/none\n");
    }

    private static void program(Tree layer, Program program, ProgramFiles files, ClassArchive archive)
            throws BuildFailedException, IOException, InterruptedException {
        String home = program.home();
        files.into(layer, home, Machine.present());
        String classes = home + "/classes.jsa";
        archive.make(ClassList.of(program), files, layer.at(home), layer.at(classes));
        List<String> options = new ArrayList<>(program.settings());
        options.add("-XX:SharedArchiveFile=" + classes);
        options.add("-Djava.library.path=" + home + "/" + ProgramFiles.NATIVE);
        options.addAll(List.of("-jar", files.jarIn(home)));
        layer.write(home + "/java.options", String.join("\n", options) + "\n");
    }
}
